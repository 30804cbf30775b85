import { inspect, types } from 'node:util'
import { className } from './data-property'
import { accessor, entriesOf } from './entries'

const previewLength = 120
const previewEntries = 6

/**
 * The beginning of an object as text: `{ a: 1, b: [Array] }`. Node's `inspect` would read the `name` of a class, which may
 * be a getter of the person.
 */
export function previewOf(value: object): string {
  if (types.isDate(value) || types.isRegExp(value)) return inspect(value)
  const { entries, total } = entriesOf(value, 0, previewEntries)
  const isList = Array.isArray(value) || types.isTypedArray(value) || types.isSet(value)
  const between = types.isMap(value) ? ' => ' : ': '
  const parts = entries.map(([key, inner]) =>
    isList ? inline(inner) : `${keyText(key)}${between}${inline(inner)}`,
  )
  if (total > parts.length) parts.push('…')
  const [open, close] = Array.isArray(value) || types.isTypedArray(value) ? '[]' : '{}'
  return cut(parts.length === 0 ? `${open}${close}` : `${open} ${parts.join(', ')} ${close}`)
}

/** Of a Map it may be any value. */
export const keyText = (key: unknown) => (typeof key === 'string' ? key : inline(key))

/** A value inside of another one. */
function inline(value: unknown): string {
  if (value === accessor) return '[getter]'
  if (typeof value === 'string') return inspect(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'function') return '[function]'
  if (typeof value !== 'object' || value === null) return inspect(value)
  if (types.isProxy(value)) return '[Proxy]'
  return `[${className(value) ?? 'object'}]`
}

export const cut = (text: string) => (text.length > previewLength ? `${text.slice(0, previewLength)}…` : text)
