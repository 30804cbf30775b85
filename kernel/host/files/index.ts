import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { chown, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileChange, FileEntry, FileList } from '../../../lib/protocol/files'
import { filePartBytes } from '../../../lib/protocol/files'
import { isolationLevel, nobody } from '../../isolate/level'
import { FileError, inFolder, splitPath } from './within'

/** The files of notebooks on this machine: what their cells have as their working folder. */
export type Files = {
  list(notebookId: string, path: string): Promise<FileList>
  /** A part of a file; empty `data` at its end. */
  read(notebookId: string, path: string, offset: number): Promise<{ data: Uint8Array; size: number }>
  /** Begins an upload; the file appears when it is whole. */
  begin(notebookId: string, path: string): Promise<{ upload: string }>
  append(notebookId: string, upload: string, data: Uint8Array): Promise<void>
  /** `path`: where the whole file goes; without one it is dropped. */
  end(notebookId: string, upload: string, path?: string): Promise<void>
  change(notebookId: string, change: FileChange): Promise<void>
}

const uploads = '.cellar-upload-'
const staleMs = 86_400_000
const defaultQuota = 5 * 2 ** 30

/** What a notebook's files may hold together: `CELLAR_FILES_QUOTA` in bytes, or 5 GiB. */
export const filesQuota = () => Number(process.env.CELLAR_FILES_QUOTA) || defaultQuota

/** `folderOf`: a notebook's working folder. */
export function createFiles(folderOf: (notebookId: string) => string): Files {
  /** Bytes that each running upload may still write. */
  const room = new Map<string, number>()

  async function rootOf(notebookId: string): Promise<string> {
    const root = folderOf(notebookId)
    if (await mkdir(root, { recursive: true })) {
      // As a kernel's own start would have done it, were the folder still empty then.
      const { level } = await isolationLevel()
      if (level === 1) await chown(root, nobody, nobody)
    }
    return root
  }
  const at = async <T>(
    notebookId: string,
    file: string,
    act: (folder: string, name: string) => Promise<T>,
  ) => {
    const { folders, name } = splitPath(file)
    return inFolder(await rootOf(notebookId), folders, (folder) => act(folder, name))
  }

  return {
    async list(notebookId, path) {
      const root = await rootOf(notebookId)
      const names = path === '' ? [] : path.split('/')
      const entries = await inFolder(root, names, entriesOf)
      return { entries, used: await usedBy(root), quota: filesQuota() }
    },
    read: (notebookId, path, offset) =>
      at(notebookId, path, async (folder, name) => {
        const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants
        // Not blocking: a pipe that a cell has made would wait for its writer.
        const file = await open(join(folder, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((cause) => {
          throw new FileError(`no such file: ${path}`, { cause })
        })
        try {
          const found = await file.stat()
          if (!found.isFile()) throw new FileError(`not a file: ${path}`)
          const buffer = Buffer.alloc(Math.max(0, Math.min(filePartBytes, found.size - offset)))
          const { bytesRead } = await file.read(buffer, 0, buffer.length, offset)
          return { data: buffer.subarray(0, bytesRead), size: found.size }
        } finally {
          await file.close()
        }
      }),
    async begin(notebookId, path) {
      const root = await rootOf(notebookId)
      await at(notebookId, path, async () => {})
      await sweep(root)
      const upload = `${uploads}${randomUUID()}`
      await (await open(join(root, upload), 'wx', 0o644)).close()
      room.set(upload, filesQuota() - (await usedBy(root)))
      return { upload }
    },
    async append(notebookId, upload, data) {
      const left = (room.get(upload) ?? -1) - data.byteLength
      if (!room.has(upload)) throw new FileError('this upload has ended; begin it again')
      if (left < 0)
        throw new FileError(`the notebook's files may hold ${filesQuota()} bytes together: delete some`)
      const { O_APPEND, O_NOFOLLOW, O_WRONLY } = constants
      const file = await open(join(await rootOf(notebookId), upload), O_WRONLY | O_APPEND | O_NOFOLLOW)
      try {
        await file.writeFile(data)
      } finally {
        await file.close()
      }
      room.set(upload, left)
    },
    async end(notebookId, upload, path) {
      if (!room.delete(upload)) throw new FileError('this upload has ended; begin it again')
      const root = await rootOf(notebookId)
      if (path === undefined) return rm(join(root, upload), { force: true })
      await at(notebookId, path, async (folder, name) => {
        const there = await lstat(join(folder, name)).catch(() => undefined)
        if (there?.isDirectory()) throw new FileError(`a folder has this name: ${path}`)
        await giveTo(root, join(root, upload))
        await rename(join(root, upload), join(folder, name))
      }).catch(async (error) => {
        await rm(join(root, upload), { force: true })
        throw error
      })
    },
    async change(notebookId, change) {
      const root = await rootOf(notebookId)
      switch (change.change) {
        case 'folder':
          return at(notebookId, change.path, async (folder, name) => {
            await mkdir(join(folder, name)).catch(explain(change.path))
            await giveTo(root, join(folder, name))
          })
        case 'delete':
          return at(notebookId, change.path, async (folder, name) => {
            await rm(join(folder, name), { recursive: true, force: true })
          })
        case 'rename':
          return at(notebookId, change.path, (folder, name) =>
            at(notebookId, change.to, async (target, next) => {
              if (await lstat(join(target, next)).catch(() => undefined))
                throw new FileError(`there is one already: ${change.to}`)
              await rename(join(folder, name), join(target, next)).catch(explain(change.path))
            }),
          )
      }
    },
  }
}

/** Files and folders; links and devices are the cells' own business. */
async function entriesOf(folder: string): Promise<FileEntry[]> {
  const entries = await Promise.all(
    (await readdir(folder)).map(async (name): Promise<FileEntry[]> => {
      const found = await lstat(join(folder, name)).catch(() => undefined)
      if (!found || name.startsWith(uploads) || !(found.isFile() || found.isDirectory())) return []
      const kind = found.isFile() ? 'file' : 'folder'
      return [{ name, kind, size: kind === 'file' ? found.size : 0, modifiedAt: Math.round(found.mtimeMs) }]
    }),
  )
  return entries
    .flat()
    .sort((a, b) => (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind === 'folder' ? -1 : 1))
}

/** Bytes of all files below; a link counts for nothing, wherever it leads. */
async function usedBy(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries.map((entry) => {
      const file = join(folder, entry.name)
      if (entry.isDirectory()) return usedBy(file)
      return entry.isFile()
        ? lstat(file).then(
            ({ size }) => size,
            () => 0,
          )
        : 0
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Uploads that were never ended. */
async function sweep(root: string) {
  for (const name of await readdir(root)) {
    if (!name.startsWith(uploads)) continue
    const found = await lstat(join(root, name)).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > staleMs) await rm(join(root, name), { force: true })
  }
}

/** What is made here belongs to the folder's owner, whose cells may change it. */
async function giveTo(root: string, file: string) {
  const { uid, gid } = await stat(root)
  if (process.getuid?.() === 0 && uid !== 0) await chown(file, uid, gid)
}

const explain = (path: string) => (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EEXIST') throw new FileError(`there is one already: ${path}`, { cause })
  if (cause.code === 'ENOENT') throw new FileError(`no such file: ${path}`, { cause })
  throw cause
}
