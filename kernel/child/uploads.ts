import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { UploadPart } from '../../lib/protocol/inputs'
import { uploadBytes } from '../../lib/protocol/limits'

/** Files that people choose in the page, on their way into the notebook's folder. */
export type Uploads = {
  /** Takes the next part of a file; with its last one the file is there, in place of one with the same name. */
  write(part: UploadPart): Promise<{ path: string; size: number }>
}

const folderName = 'uploads'

export function createUploads(folder: string): Uploads {
  return {
    async write({ file, offset, data, last }) {
      checkName(file)
      const bytes = Buffer.from(data, 'base64')
      const size = offset + bytes.length
      if (size > uploadBytes)
        throw new RangeError(
          `the file is larger than ${uploadBytes / 1e6} MB, the most that an input takes: ${file}`,
        )
      const target = path.join(folder, folderName, file)
      const partial = path.join(folder, folderName, `.${file}.part`)
      await mkdir(path.dirname(target), { recursive: true })
      // Of an upload that was given up.
      if (offset === 0) await rm(partial, { force: true })
      const handle = await open(partial, offset === 0 ? 'wx' : 'r+')
      try {
        if ((await handle.stat()).size !== offset)
          throw new Error(`a part of the file is missing; choose it again: ${file}`)
        await handle.write(bytes, 0, bytes.length, offset)
      } finally {
        await handle.close()
      }
      if (last) await rename(partial, target)
      return { path: `${folderName}/${file}`, size }
    },
  }
}

/** A name and nothing else: no way out of the folder. */
function checkName(file: string) {
  const isName =
    file === path.basename(file) && !/^\.|[\\/\p{Cc}]/u.test(file) && Buffer.byteLength(file) <= 240
  if (!isName) throw new Error(`not a file name that can be kept; rename the file: ${file}`)
}
