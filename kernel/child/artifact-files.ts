import type { GraphModelLike, LayersModelLike } from '../../lib/protocol/model-kind'
import type { ArtifactOptions } from '../sdk/track'
import { formatElement, isElement } from './format/media'
import { isLayersModel } from './format/model'
import type { ColumnTable } from './tables/column-table'
import { writeCsv } from './tables/csv'
import { createLiveTable } from './tables/live-table'
import { tableOf } from './tables/table-of'

/** One file of an artifact. */
export type ArtifactFile = { path: string; type: string; bytes: Uint8Array }

/**
 * An artifact's files: bytes and text as they are, tables as CSV, figures as SVG, layers models as tfjs's `model.json`
 * with its weights, all else as JSON. Throws `TypeError` at what has no such form.
 */
export async function artifactFiles(
  name: string,
  value: unknown,
  { type }: ArtifactOptions = {},
): Promise<ArtifactFile[]> {
  const file = (ending: string, ownType: string, bytes: Uint8Array): ArtifactFile[] => [
    { path: withEnding(name, ending), type: type ?? ownType, bytes },
  ]
  if (typeof value === 'string') return file('.txt', typeOfName(name) ?? 'text/plain', Buffer.from(value))
  if (value instanceof Uint8Array) return file('', typeOfName(name) ?? 'application/octet-stream', value)
  if (value instanceof ArrayBuffer) return artifactFiles(name, new Uint8Array(value), { type })
  if (typeof value === 'object' && value !== null) {
    const table = tableOf(value)
    if (table) return file('.csv', 'text/csv', await csvOf(table))
    if (isElement(value)) {
      const bundle = formatElement(value)
      const svg = bundle['image/svg+xml']
      return typeof svg === 'string'
        ? file('.svg', 'image/svg+xml', Buffer.from(svg))
        : file('.html', 'text/html', Buffer.from(String(bundle['text/html'])))
    }
    if (isLayersModel(value)) return modelFiles(name, value as unknown as LayersModelLike)
  }
  const json = JSON.stringify(value, null, 2)
  if (json === undefined) throw new TypeError(`${name} has no form as a file: ${typeof value}`)
  return file('.json', 'application/json', Buffer.from(json))
}

/** As `tf.loadLayersModel` reads it: `model.json` names the file of the weights. */
async function modelFiles(name: string, model: LayersModelLike | GraphModelLike): Promise<ArtifactFile[]> {
  type Saved = { modelTopology: unknown; weightSpecs?: unknown; weightData?: ArrayBuffer | ArrayBuffer[] }
  let saved: Saved | undefined
  await model.save({
    async save(artifacts) {
      saved = artifacts as Saved
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }
    },
  })
  const { modelTopology, weightSpecs = [], weightData = [] } = saved!
  const parts = (Array.isArray(weightData) ? weightData : [weightData]).map((part) => new Uint8Array(part))
  const json = JSON.stringify({
    format: 'layers-model',
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
  })
  return [
    { path: `${name}/model.json`, type: 'application/json', bytes: Buffer.from(json) },
    { path: `${name}/weights.bin`, type: 'application/octet-stream', bytes: Buffer.concat(parts) },
  ]
}

async function csvOf(table: ColumnTable): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const rows = await createLiveTable(table).rows({ filters: [], search: '', sort: [] })
  for await (const part of writeCsv(table, rows)) parts.push(part)
  return Buffer.concat(parts)
}

const withEnding = (name: string, ending: string) => (/\.[a-z0-9]{1,8}$/i.test(name) ? name : name + ending)

const types: Record<string, string> = {
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  html: 'text/html',
}
const typeOfName = (name: string) => types[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '']
