import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ReadData } from '../../../lib/protocol/read-data'

/**
 * Names of the files that are not what they were, or not there any more, where `dataset` looks for them: in `folders`, in
 * order. A name that leads out of them is passed over: the cells themselves will tell.
 */
export async function changedData(data: readonly ReadData[], folders: readonly string[]): Promise<string[]> {
  const changed: string[] = []
  // A version of a data set never changes.
  const files = data.filter(({ dataset }) => !dataset)
  const last = new Map(files.map((each) => [each.name, each]))
  for (const { name, bytes, sha256 } of last.values()) {
    if (path.isAbsolute(name) || path.normalize(name).startsWith('..')) continue
    if (!(await isSame(await find(name, folders), bytes, sha256))) changed.push(name)
  }
  return changed
}

async function find(name: string, folders: readonly string[]) {
  for (const folder of folders) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile()) return { file, size: found.size }
  }
}

async function isSame(found: { file: string; size: number } | undefined, bytes: number, sha256: string) {
  if (found?.size !== bytes) return false
  const hash = createHash('sha256')
  await pipeline(createReadStream(found.file), hash)
  return hash.digest('hex') === sha256
}
