import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** What a checkout commits in place of data: which version of each data set it means, and the hash of what that holds. */
export const pinsName = 'cellar.data.json'

const pin = z.object({ version: z.number().int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) })
export type Pin = z.infer<typeof pin>
const pinsSchema = z.object({ datasets: z.record(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/), pin) })
export type Pins = Record<string, Pin>

/** The nearest folder with pins, from this one upwards. */
export function findCheckout(folder: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(path.join(at, pinsName))) return at
    if (at === path.dirname(at)) return undefined
  }
}

/** What a checkout pins; nothing where it has no file. Throws where the file is none of Cellar's. */
export async function readPins(checkout: string): Promise<Pins> {
  const file = path.join(checkout, pinsName)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{"datasets":{}}'
    throw error
  })
  try {
    return pinsSchema.parse(JSON.parse(text)).datasets
  } catch (cause) {
    throw new Error(`not a file of pinned data sets; mend it, or take it from git again: ${file}`, { cause })
  }
}

/** Pins a version. Names are in order, so that two who pin different ones merge. */
export async function writePin(checkout: string, name: string, { version, hash }: Pin) {
  const all: Pins = { ...(await readPins(checkout)), [name]: { version, hash } }
  const datasets = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
  const file = path.join(checkout, pinsName)
  const temporary = `${file}.${process.pid}`
  await writeFile(temporary, `${JSON.stringify({ datasets }, null, 2)}\n`)
  await rename(temporary, file)
}
