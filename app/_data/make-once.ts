import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, utimes } from 'node:fs/promises'
import path from 'node:path'

const making = new Map<string, Promise<void>>()

/** A file that is kept: made whole or not at all, and once for two who ask at one time. `write` gets a temporary name. */
export async function makeOnce(
  file: string,
  write: (temporary: string) => Promise<unknown>,
): Promise<string> {
  // What is swept goes by when a file was last asked for; in one step, so that it is not swept between a look and the mark.
  const made = await utimes(file, new Date(), new Date()).then(
    () => true,
    () => false,
  )
  if (!made) await (making.get(file) ?? begin(file, write))
  return file
}

function begin(file: string, write: (temporary: string) => Promise<unknown>): Promise<void> {
  const begun = make(file, write).finally(() => making.delete(file))
  making.set(file, begun)
  return begun
}

async function make(file: string, write: (temporary: string) => Promise<unknown>) {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const temporary = path.join(path.dirname(file), `.${randomUUID()}`)
  try {
    await write(temporary)
    await rename(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
}
