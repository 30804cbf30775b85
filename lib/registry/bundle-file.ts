import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { z } from 'zod'
import { recordSchema } from '../protocol/schema'
import { endpointName } from '../protocol/serving'

/** What a version's bundle says of itself. */
export const bundleManifest = z.object({
  format: z.literal('cellar-bundle-1'),
  /** Of the Cellar that wrote it. */
  cellar: z.string(),
  endpoint: endpointName,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  createdAt: z.string(),
  schema: recordSchema,
  example: z.object({ record: z.unknown(), prediction: z.unknown() }).nullable(),
  environment: z.record(z.string(), z.string()),
  /** SHA-256 of `model.bin`, hexadecimal. */
  artifact: z.string().regex(/^[0-9a-f]{64}$/),
})
export type BundleManifest = z.infer<typeof bundleManifest>

const manifestName = 'cellar.json'
const modelName = 'model.bin'

/** A version as a `.tgz` that `cellar serve` runs. */
export async function packBundle(manifest: BundleManifest, model: Uint8Array): Promise<Uint8Array> {
  const archive = pack()
  archive.entry({ name: manifestName }, JSON.stringify(manifest, null, 2))
  archive.entry({ name: modelName }, Buffer.from(model.buffer, model.byteOffset, model.byteLength))
  archive.finalize()
  return buffer(archive.pipe(createGzip()))
}

/** The inverse. Throws a sentence at a file that is no bundle, or whose model is not the one that it names. */
export async function unpackBundle(
  file: Uint8Array,
): Promise<{ manifest: BundleManifest; model: Uint8Array }> {
  const files = await readTar(file).catch((cause: Error) => {
    throw new Error(`the file is no bundle of Cellar, it cannot be unpacked: ${cause.message}`, { cause })
  })
  const [text, model] = [files.get(manifestName), files.get(modelName)]
  if (!text || !model)
    throw new Error(`the file is no bundle of Cellar: it lacks ${text ? modelName : manifestName}`)
  const manifest = parseManifest(text)
  if (createHash('sha256').update(model).digest('hex') !== manifest.artifact)
    throw new Error('the bundle is damaged: its model is not the one that it names; export it again')
  return { manifest, model }
}

function parseManifest(text: Buffer): BundleManifest {
  try {
    return bundleManifest.parse(JSON.parse(text.toString('utf8')))
  } catch (cause) {
    const [issue] = cause instanceof z.ZodError ? cause.issues : []
    const reason = issue ? `${issue.path.join('.')}: ${issue.message}` : (cause as Error).message
    throw new Error(`the bundle's ${manifestName} cannot be read: ${reason}`, { cause })
  }
}

async function readTar(file: Uint8Array): Promise<Map<string, Buffer>> {
  const archive = extract()
  const gunzip = createGunzip()
  gunzip.on('error', (error) => archive.destroy(error))
  gunzip.pipe(archive)
  gunzip.end(file)
  const files = new Map<string, Buffer>()
  for await (const entry of archive) files.set(entry.header.name, await buffer(entry))
  return files
}
