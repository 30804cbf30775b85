import { constants, existsSync } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import path from 'node:path'

/** Something that a path below a notebook's folder does not lead to; the message is for the person. */
export class FileError extends Error {
  override name = 'FileError'
}

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants
const hasProc = existsSync('/proc/self/fd')

/**
 * Calls `act` with a path of the folder that `names` lead to, below `root`. The cells may put a link anywhere at any
 * moment: each folder is opened without following one, and from then on named by its descriptor.
 */
export async function inFolder<T>(
  root: string,
  names: readonly string[],
  act: (folder: string) => Promise<T>,
) {
  if (!hasProc) return act(await checkedFolder(root, names))
  let at = await open(root, O_RDONLY | O_DIRECTORY)
  try {
    for (const name of names) {
      const next = await openFolder(`${pathOf(at)}/${name}`, name)
      await at.close()
      at = next
    }
    return await act(pathOf(at))
  } finally {
    await at.close()
  }
}

const pathOf = (folder: FileHandle) => `/proc/self/fd/${folder.fd}`

const openFolder = (file: string, name: string) =>
  open(file, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch((cause) => {
    throw new FileError(`no such folder: ${name}`, { cause })
  })

/** Where descriptors have no paths: links are looked for before, not while. */
async function checkedFolder(root: string, names: readonly string[]) {
  const wanted = path.join(await realpath(root), ...names)
  const found = await realpath(wanted).catch(() => '')
  if (found !== wanted) throw new FileError(`no such folder: ${names.join('/')}`)
  return found
}

/** The names of a path's folders, and its last one. */
export function splitPath(file: string): { folders: string[]; name: string } {
  const names = file.split('/')
  return { folders: names.slice(0, -1), name: names.at(-1)! }
}
