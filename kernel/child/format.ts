import { inspect } from 'node:util'
import type { MimeBundle } from '../../lib/protocol/events'
import { mime } from '../../lib/protocol/mime'
import { formatHistory, isHistory } from './format/history'
import { formatPixels, isPixels } from './format/image'
import { formatElement, formatImage, isElement } from './format/media'
import { formatModel, isLayersModel } from './format/model'
import { formatTable } from './format/table'
import type { ColumnTable } from './tables/column-table'
import { tableOf } from './tables/table-of'

/** How an object says how it wants to be shown, as in Deno: a method that gives a MIME bundle, or a promise of one. */
const jupyterDisplay = Symbol.for('Jupyter.display')

/** Keeps a shown table for the pages that look through it, and names it. */
export type NameTable = (source: object, table: ColumnTable) => string

/** A value as the page shows it; always with `text/plain`. Never throws: a value that cannot be shown says why. */
export function format(value: unknown, nameTable?: NameTable): MimeBundle {
  try {
    return (isObject(value) && formatObject(value, nameTable)) || text(value)
  } catch (error) {
    return { 'text/plain': `a value that cannot be shown: ${String(error)}` }
  }
}

/** What the object's own `Symbol.for('Jupyter.display')` gives; undefined if it has none. */
export function ownFormat(value: unknown): Promise<MimeBundle> | undefined {
  if (!isObject(value)) return undefined
  const own = (value as { [jupyterDisplay]?: unknown })[jupyterDisplay]
  if (typeof own !== 'function') return undefined
  return Promise.resolve(own.call(value)).then((bundle) => {
    if (!isObject(bundle)) return text(bundle)
    const data = JSON.parse(JSON.stringify(bundle)) as MimeBundle
    return 'text/plain' in data ? data : { ...data, 'text/plain': Object.keys(data).join(', ') }
  })
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' || typeof value === 'function') && value !== null

function formatObject(value: object, nameTable: NameTable | undefined): MimeBundle | undefined {
  const table = tableOf(value)
  if (table) {
    const { output, text: textOfTable } = formatTable(table)
    const shown = nameTable ? { table: nameTable(value, table), ...output } : output
    return { [mime.table]: shown, ...(Array.isArray(value) ? text(value) : { 'text/plain': textOfTable }) }
  }
  if (isElement(value)) return formatElement(value)
  if (isLayersModel(value)) {
    const { output, text } = formatModel(value)
    return { [mime.model]: output, 'text/plain': text }
  }
  if (isTensor(value)) return { 'text/plain': formatTensor(value) }
  if (isPixels(value)) return formatPixels(value)
  if (isHistory(value)) return { 'text/plain': formatHistory(value) }
  return value instanceof Uint8Array ? formatImage(value) : undefined
}

const text = (value: unknown): MimeBundle => ({
  'text/plain': inspect(value, { depth: 4, maxStringLength: Number.POSITIVE_INFINITY, maxArrayLength: 200 }),
})

type TensorLike = { dtype: string; shape: number[]; isDisposed: boolean; toString(verbose?: boolean): string }

function isTensor(value: object): value is TensorLike {
  const tensor = value as Partial<TensorLike> & { dataSync?: unknown }
  return (
    typeof tensor.dataSync === 'function' && typeof tensor.dtype === 'string' && Array.isArray(tensor.shape)
  )
}

function formatTensor(tensor: TensorLike) {
  const head = `Tensor ${tensor.dtype} [${tensor.shape.join(', ')}]`
  if (tensor.isDisposed) return `${head} (disposed)`
  return `${head}\n${tensor
    .toString()
    .replace(/^Tensor\n/, '')
    .replace(/^ {4}/gm, '')}`
}
