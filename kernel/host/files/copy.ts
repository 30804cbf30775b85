import { chown, constants, copyFile, lstat, mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isolationLevel, nobody } from '../../isolate/level'
import { FileError, inFolder } from './within'

const defaultMaxBytes = 2 * 2 ** 30

/**
 * Copies what a notebook's cells have as their working folder into another one, which a kernel may then change. Links are
 * left out, wherever they lead: a cell could make one to what only this process may read. Rejects with `FileError` when
 * there is more than `maxBytes` of it.
 */
export async function copyFolder(from: string, to: string, maxBytes = defaultMaxBytes): Promise<void> {
  const { level } = await isolationLevel()
  let left = maxBytes
  const give = (file: string) => (level === 1 ? chown(file, nobody, nobody) : undefined)
  const copy = async (names: string[], target: string): Promise<void> => {
    await mkdir(target, { recursive: true })
    await give(target)
    const folders = await inFolder(from, names, async (folder) => {
      const inner: string[] = []
      for (const name of await readdir(folder)) {
        const found = await lstat(join(folder, name)).catch(() => undefined)
        if (found?.isDirectory()) inner.push(name)
        if (!found?.isFile()) continue
        left -= found.size
        if (left < 0) throw new FileError(`the notebook's files hold more than ${maxBytes} bytes`)
        await copyOne(join(folder, name), join(target, name))
        await give(join(target, name))
      }
      return inner
    })
    for (const name of folders) await copy([...names, name], join(target, name))
  }
  if (await lstat(from).catch(() => undefined)) await copy([], to)
  else await mkdir(to, { recursive: true })
}

/** The file that was looked at, not whatever a cell may have put in its place since. */
async function copyOne(from: string, to: string) {
  const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, COPYFILE_FICLONE } = constants
  const file = await open(from, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    if (!(await file.stat()).isFile()) return
    await copyFile(process.platform === 'linux' ? `/proc/self/fd/${file.fd}` : from, to, COPYFILE_FICLONE)
  } finally {
    await file.close()
  }
}
