import { createWriteStream, mkdirSync } from 'node:fs'
import { link, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DatasetFile, HostDataset, OpenedDataset, ReadVersion } from '../../lib/protocol/dataset-read'

/** The data sets that this machine's kernels read: each version's file once, and of each notebook those that it was given. */
export type Datasets = {
  /** What the kernel of a notebook, or of a reproduction, sees, to be read only; made if need be, since a kernel sees no folder that comes later. */
  folderOf(kernelId: string): string
  /** The version that a notebook's cell asks for, as a file in that folder. Rejects where web refuses it. */
  open(ask: HostDataset): Promise<OpenedDataset>
  /** A version that is known, for a kernel by its id. */
  give(kernelId: string, version: ReadVersion, to: Receiver): Promise<OpenedDataset>
  /** A kernel that is not started again has ended. */
  forget(kernelId: string): Promise<void>
  /** Deletes what was not read for a week. Resolves to how many files. */
  sweep(): Promise<number>
}

export type DatasetsOptions = {
  folder: string
  /** Which version it is; web records that it is read. */
  find(ask: HostDataset): Promise<ReadVersion>
  fetch(of: DatasetFile): Promise<ReadableStream<Uint8Array>>
}
/** For whom web is asked for the file. */
export type Receiver = { notebookId: string; userId: string } | { reproductionId: string }

const keptMs = 7 * 24 * 3_600_000

export function createDatasets({ folder, find, fetch }: DatasetsOptions): Datasets {
  const files = join(folder, 'files')
  const folderOf = (kernelId: string) => {
    const own = join(folder, 'kernels', kernelId)
    mkdirSync(own, { recursive: true })
    return own
  }
  const fetching = new Map<string, Promise<void>>()

  async function fetched(version: ReadVersion, to: Receiver) {
    const file = join(files, fileName(version))
    if (await isThere(file)) return
    const partial = `${file}.part`
    await mkdir(files, { recursive: true, mode: 0o700 })
    try {
      await pipeline(await fetch({ ...to, versionId: version.versionId }), createWriteStream(partial))
      await rename(partial, file)
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
  }

  async function give(kernelId: string, version: ReadVersion, to: Receiver): Promise<OpenedDataset> {
    const name = fileName(version)
    const file = join(files, name)
    // Two kernels that ask at once wait for one file.
    const running = fetching.get(name) ?? fetched(version, to).finally(() => fetching.delete(name))
    fetching.set(name, running)
    await running
    const now = new Date()
    await utimes(file, now, now)
    const given = join(folderOf(kernelId), name)
    // Others' data stay out of its sight: it has a name of its own for each file that it was given.
    await link(file, given).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    return { ...version, file: given, bytes: (await stat(given)).size }
  }

  return {
    folderOf,
    give,
    async open(ask) {
      const { notebookId, userId } = ask
      return give(notebookId, await find(ask), { notebookId, userId })
    },
    forget: (kernelId) => rm(folderOf(kernelId), { recursive: true, force: true }),
    async sweep() {
      const before = Date.now() - keptMs
      let gone = 0
      for (const part of [files, ...(await foldersIn(join(folder, 'kernels')))])
        for (const name of await namesIn(part)) {
          const file = join(part, name)
          const { mtimeMs } = await stat(file)
          if (mtimeMs >= before) continue
          await rm(file, { force: true })
          gone++
        }
      return gone
    },
  }
}

/** By what it holds, and by how it is shown: columns' types are of the hash too. */
const fileName = ({ hash }: ReadVersion) => `${hash}.parquet`

const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  )
const namesIn = (folder: string) => readdir(folder).catch(() => [] as string[])
const foldersIn = async (folder: string) => (await namesIn(folder)).map((name) => join(folder, name))
