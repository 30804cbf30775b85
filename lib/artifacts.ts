import { createHash, randomUUID } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'

/**
 * Bytes kept under the SHA-256 of themselves, in hex. An artifact is whole or absent, and never changes.
 * The interface has what an object store offers too; it leaves out listing, which nothing needs. `lib/artifact-store` says which one an installation has.
 */
export type ArtifactStore = {
  /** Keeps bytes and gives their name back. Settles when they would survive a crash of the machine. */
  put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredArtifact>
  /** All of it. Throws `ArtifactError` when absent, or when its bytes are not those of its name any more. */
  get(name: string): Promise<Uint8Array>
  /** Its bytes as they are read, for what is too large to be held. Throws `ArtifactError` when absent. */
  open(name: string): Promise<{ bytes: number; stream: ReadableStream<Uint8Array> }>
  /** A file of this machine with its bytes, only to be read. Throws `ArtifactError` when absent. */
  file(name: string): Promise<string>
  has(name: string): Promise<boolean>
  /** How many bytes it has, which are not read for that. Throws `ArtifactError` when absent. */
  size(name: string): Promise<number>
  /** Lets bytes go that nothing names any more; of absent ones there is nothing to do. */
  remove(name: string): Promise<void>
  /** Of a store elsewhere: lets this machine's copies go that nobody has read for a week. Resolves to how many. */
  sweep?(): Promise<number>
}
export type StoredArtifact = { name: string; bytes: number }

export class ArtifactError extends Error {
  override name = 'ArtifactError'
}

/** Where uploaded files wait until something is made of them: a store of its own, which is emptied. */
export const uploadsFolder = (artifactsDir: string) => path.join(artifactsDir, 'uploads')

export const artifactName = /^[0-9a-f]{64}$/
const temporaryPrefix = '.incoming-'
/** A temporary file older than this belongs to a writer that was killed. Milliseconds. */
const abandonedMs = 3_600_000

/** A store in a local folder: `<first two digits>/<name>`. */
export function localArtifacts(folder: string): ArtifactStore {
  const fileOf = (name: string) => {
    if (!artifactName.test(name)) throw new ArtifactError(`not the name of an artifact: ${name}`)
    return path.join(folder, name.slice(0, 2), name)
  }
  return {
    async put(bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await removeAbandoned(folder)
      const temporary = path.join(folder, `${temporaryPrefix}${randomUUID()}`)
      try {
        const stored = await write(temporary, bytes)
        const file = fileOf(stored.name)
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
        await handOver(folder, [temporary, path.dirname(file)])
        await rename(temporary, file)
        // The name itself is durable only once its folder is, and that folder's own entry once the store's is.
        await syncFolder(path.dirname(file))
        await syncFolder(folder)
        return stored
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    async get(name) {
      const bytes = await readFile(fileOf(name)).catch((cause) => {
        throw new ArtifactError(`artifact is not in the store: ${name}`, { cause })
      })
      if (createHash('sha256').update(bytes).digest('hex') !== name)
        throw new ArtifactError(`artifact was damaged, its bytes do not match its name: ${name}`)
      return bytes
    },
    async open(name) {
      const handle = await open(fileOf(name), 'r').catch((cause) => {
        throw new ArtifactError(`artifact is not in the store: ${name}`, { cause })
      })
      const { size } = await handle.stat()
      return {
        bytes: size,
        stream: Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>,
      }
    },
    async file(name) {
      const file = fileOf(name)
      await stat(file).catch((cause) => {
        throw new ArtifactError(`artifact is not in the store: ${name}`, { cause })
      })
      return file
    },
    has: (name) =>
      stat(fileOf(name)).then(
        () => true,
        () => false,
      ),
    async size(name) {
      const { size } = await stat(fileOf(name)).catch((cause) => {
        throw new ArtifactError(`artifact is not in the store: ${name}`, { cause })
      })
      return size
    },
    remove: (name) => rm(fileOf(name), { force: true }),
  }
}

async function write(file: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredArtifact> {
  const hash = createHash('sha256')
  const handle = await open(file, 'wx', 0o600)
  let size = 0
  try {
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      hash.update(chunk)
      size += chunk.length
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { name: hash.digest('hex'), bytes: size }
}

/** What root stores belongs to whom the folder belongs: a worker in its container, and web in another as its own user. */
async function handOver(folder: string, made: string[]) {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(folder)
  if (uid !== 0) await Promise.all(made.map((each) => chown(each, uid, gid)))
}

async function syncFolder(folder: string) {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function removeAbandoned(folder: string) {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(temporaryPrefix)) continue
    const file = path.join(folder, name)
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > abandonedMs) await rm(file, { force: true })
  }
}
