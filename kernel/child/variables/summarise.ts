import { inspect, types } from 'node:util'
import { nativeText } from '../../../lib/notebook/function-text'
import type { ValueSummary } from '../../../lib/protocol/variables'
import { signatureOf } from '../candidates'
import { className, dataProperty } from './data-property'
import { accessor } from './entries'
import { cut, previewOf } from './preview'

/** A value in few words. Takes as long for a million rows as for ten, and runs no getter, proxy or method of the person. */
export function summarise(value: unknown): ValueSummary {
  try {
    return summaryOf(value)
  } catch (error) {
    return { kind: 'value', type: typeof value, preview: `cannot be shown: ${String(error)}`, inside: false }
  }
}

function summaryOf(value: unknown): ValueSummary {
  switch (typeof value) {
    case 'undefined':
      return { kind: 'missing', type: 'undefined', inside: false }
    case 'string':
      return textSummary(value)
    case 'function':
      return functionSummary(value)
    case 'object':
      return value === null
        ? { kind: 'missing', type: 'null', inside: false }
        : types.isProxy(value)
          ? { kind: 'object', type: 'Proxy', inside: false }
          : (tableSummary(value) ?? tensorSummary(value) ?? modelSummary(value) ?? objectSummary(value))
    case 'symbol':
      if (value === accessor) return { kind: 'missing', type: 'getter', inside: false }
      return { kind: 'value', type: 'symbol', preview: String(value), inside: false }
    default:
      return { kind: 'value', type: typeof value, preview: inspect(value), inside: false }
  }
}

const previewLength = 120
const whole = new Intl.NumberFormat('en')
const counted = (count: number, word: string) => `${whole.format(count)} ${count === 1 ? word : `${word}s`}`

function textSummary(text: string): ValueSummary {
  const preview = JSON.stringify(text.slice(0, previewLength))
  const cut = text.length > previewLength
  return {
    kind: 'value',
    type: 'string',
    ...(cut && { shape: counted(text.length, 'character') }),
    preview: cut ? `${preview.slice(0, -1)}…` : preview,
    inside: false,
  }
}

function functionSummary(value: object): ValueSummary {
  const text = nativeText(value as () => unknown)
  if (/^class\b/.test(text)) {
    const preview = /^class[^{]*/.exec(text.slice(0, 500))?.[0].trim()
    return { kind: 'function', type: 'class', ...(preview && { preview }), inside: false }
  }
  const preview = /\[native code\]\s*\}$/.test(text) ? undefined : signatureOf(text.slice(0, 2000))
  return { kind: 'function', type: 'function', ...(preview && { preview }), inside: false }
}

/** By what arquero, apache-arrow and flechette keep in a table, without calling it. */
function tableSummary(value: object): ValueSummary | undefined {
  const names = dataProperty(value, '_names')
  const data = dataProperty(value, '_data')
  const rows = dataProperty(value, '_nrows')
  if (Array.isArray(names) && typeof data === 'object' && data !== null && typeof rows === 'number')
    return table(rows, names, Object.values(data))
  const fields = dataProperty((dataProperty(value, 'schema') as object | undefined) ?? {}, 'fields')
  const children = dataProperty(value, 'children')
  if (!Array.isArray(fields) || !Array.isArray(children)) return undefined
  const length = dataProperty((children[0] as object | undefined) ?? {}, 'length')
  const columns = fields.map((field) => String(dataProperty(field as object, 'name')))
  return typeof length === 'number' ? table(length, columns, []) : undefined
}

function table(rows: number, names: unknown[], columns: unknown[]): ValueSummary {
  const stored = columns.length > 0 && columns.every((column) => ArrayBuffer.isView(column))
  const bytes = stored
    ? (columns as ArrayBufferView[]).reduce((sum, each) => sum + each.byteLength, 0)
    : undefined
  return {
    kind: 'table',
    type: 'table',
    shape: `${whole.format(rows)} × ${whole.format(names.length)}`,
    ...(bytes !== undefined && { bytes }),
    preview: cut(names.slice(0, 30).join(', ')),
    inside: false,
  }
}

const bytesOf: Record<string, number> = { float32: 4, int32: 4, bool: 1, complex64: 8 }

function tensorSummary(value: object): ValueSummary | undefined {
  const shape = dataProperty(value, 'shape')
  const dtype = dataProperty(value, 'dtype')
  const size = dataProperty(value, 'size')
  if (!Array.isArray(shape) || typeof dtype !== 'string' || typeof size !== 'number') return undefined
  if (dataProperty(value, 'dataId') === undefined) return undefined
  const disposed = dataProperty(value, 'isDisposedInternal') === true
  const width = bytesOf[dtype]
  const variable = dataProperty(value, 'trainable') !== undefined
  return {
    kind: 'tensor',
    type: `${variable ? 'variable' : 'tensor'} ${dtype}`,
    shape: `[${shape.join(', ')}]`,
    ...(width !== undefined && !disposed && { bytes: size * width }),
    ...(disposed && { preview: 'disposed' }),
    inside: false,
  }
}

type Weight = { shape?: unknown }

/** A `LayersModel` of tfjs: by its layers and their weights, as built. */
function modelSummary(value: object): ValueSummary | undefined {
  const layers = dataProperty(value, 'layers')
  if (!Array.isArray(layers) || typeof dataProperty(value, 'predict') !== 'function') return undefined
  const weights = layers.flatMap((layer: object) =>
    ['_trainableWeights', '_nonTrainableWeights'].flatMap((key) => {
      const found = dataProperty(layer, key)
      return Array.isArray(found) ? (found as Weight[]) : []
    }),
  )
  const parameters = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  return {
    kind: 'model',
    type: className(value) ?? 'model',
    shape: counted(parameters, 'parameter'),
    bytes: 4 * parameters,
    preview: cut(layers.map((layer: object) => String(dataProperty(layer, 'name'))).join(' → ')),
    inside: false,
  }
}

const sizeOf = (shape: unknown) =>
  Array.isArray(shape) ? shape.reduce((product: number, each) => product * Number(each), 1) : 0

function objectSummary(value: object): ValueSummary {
  const name = className(value)
  const common = { preview: previewOf(value), inside: true }
  if (Array.isArray(value))
    return { kind: 'list', type: name ?? 'Array', shape: counted(value.length, 'item'), ...common }
  if (ArrayBuffer.isView(value)) {
    const shape = types.isTypedArray(value) ? { shape: counted(lengthOf.call(value), 'item') } : {}
    return { kind: 'list', type: name ?? 'view', ...shape, bytes: value.byteLength, ...common }
  }
  if (types.isAnyArrayBuffer(value))
    return { kind: 'list', type: name ?? 'ArrayBuffer', bytes: value.byteLength, ...common, inside: false }
  if (types.isMap(value) || types.isSet(value))
    return {
      kind: 'list',
      type: name ?? 'Map',
      shape: counted(value.size, types.isMap(value) ? 'entry' : 'item').replace('entrys', 'entries'),
      ...common,
    }
  if (types.isDate(value) || types.isRegExp(value))
    return { kind: 'value', type: name ?? 'object', ...common, inside: false }
  if (types.isNativeError(value)) {
    const preview = cut(String(dataProperty(value, 'message') ?? ''))
    return { kind: 'object', type: name ?? 'Error', preview, inside: true }
  }
  return { kind: 'object', type: name ?? 'object', ...common }
}

/** Also of a subclass with a `length` of its own. */
const lengthOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length')!
  .get as (this: ArrayBufferView) => number
