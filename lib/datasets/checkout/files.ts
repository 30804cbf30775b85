import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { datasetColumn } from '../../protocol/dataset'
import type { ApiDatasetVersion } from '../../serving/datasets-api'
import { versionHash } from '../hash'
import type { Pin } from './pins'

const storedFile = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().min(0) })
/** What a version is made of, as the API says it and as it is kept beside its files. */
const manifestSchema = z.object({
  version: z.number(),
  hash: z.string(),
  rows: z.number(),
  columns: z.array(datasetColumn),
  base: storedFile,
  changes: storedFile.nullable(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** The folder with the data of a checkout, which git leaves alone. */
export const dataFolderOf = (checkout: string) => path.join(checkout, '.cellar-data')

/** Makes the folder, with the file that keeps it out of git. */
export async function prepareDataFolder(checkout: string) {
  const folder = dataFolderOf(checkout)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, '.gitignore'), '*\n')
}

/** Where the parts of a version are, whether or not they are there. */
export function filesOf(checkout: string, name: string, version: number) {
  const stem = path.join(dataFolderOf(checkout), `${name}-${version}`)
  return { manifest: `${stem}.json`, base: `${stem}.parquet`, changes: `${stem}.changes.parquet` }
}

/** Keeps what a version is made of. Refuses one whose files and columns are not those of its hash. */
export async function keepManifest(file: string, version: ApiDatasetVersion, pin: Pin): Promise<Manifest> {
  const manifest = manifestSchema.parse(version)
  if (hashOf(manifest) !== pin.hash)
    throw new Error(
      `the server has other data under this version than the checkout pins; does it have the right address? ${version.dataset} ${pin.version}`,
    )
  await writeFile(file, `${JSON.stringify(manifest)}\n`)
  return manifest
}

const hashOf = ({ base, changes, columns }: Manifest) =>
  versionHash({ base: base.sha256, changes: changes?.sha256 ?? null, columns })

export type Standing = 'here' | 'missing' | 'damaged'

/** How the data of a pin stands in the checkout. Its files are read whole: `here` means that each byte is what is pinned. */
export async function standingOf(
  checkout: string,
  name: string,
  pin: Pin,
): Promise<{ standing: Standing; manifest?: Manifest }> {
  const files = filesOf(checkout, name, pin.version)
  const text = await readFile(files.manifest, 'utf8').catch(() => undefined)
  if (text === undefined) return { standing: 'missing' }
  const { data: manifest } = manifestSchema.safeParse(parse(text))
  if (!manifest || hashOf(manifest) !== pin.hash) return { standing: 'damaged' }
  const found = [await fits(files.base, manifest.base)]
  if (manifest.changes) found.push(await fits(files.changes, manifest.changes))
  const worst = found.includes('missing') ? 'missing' : found.includes('damaged') ? 'damaged' : 'here'
  return { standing: worst, manifest }
}

/** Whether a file holds the bytes of its hash. */
export async function fits(file: string, { sha256, bytes }: Manifest['base']): Promise<Standing> {
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  )
  if (size === undefined) return 'missing'
  if (size !== bytes) return 'damaged'
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex') === sha256 ? 'here' : 'damaged'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
