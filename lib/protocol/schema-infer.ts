import type { FieldSchema } from './schema'

/** More different texts than this are free text, not categories. */
const maxCategories = 100
/** Where each text is another one, they are names or sentences; with fewer records than this nobody can tell. */
const minFreeText = 20

/**
 * The narrowest schema that all of these JSON values fit: types, nulls, ranges, categories, shapes. A field that is
 * missing in some records is nullable. `allow`: top-level fields that take unknown categories too.
 */
export function inferField(values: readonly unknown[], allow: readonly string[] = []): FieldSchema {
  const given = values.filter((value) => value !== null && value !== undefined)
  const schema = inferGiven(given, new Set(allow))
  return given.length < values.length ? { ...schema, nullable: true } : schema
}

function inferGiven(values: unknown[], allow: ReadonlySet<string>): FieldSchema {
  if (values.length === 0) return { type: 'any' }
  if (values.every((value) => typeof value === 'number')) return inferNumber(values)
  if (values.every((value) => typeof value === 'string')) return inferString(values)
  if (values.every((value) => typeof value === 'boolean')) return { type: 'boolean' }
  if (values.every(Array.isArray)) return inferArray(values)
  if (values.every(isObject)) return inferObject(values, allow)
  return { type: 'any' }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function inferNumber(values: number[]): FieldSchema {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let integer = true
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
    integer &&= Number.isInteger(value)
  }
  return { type: 'number', ...(integer ? { integer } : {}), min, max }
}

function inferString(values: string[]): FieldSchema {
  const seen = new Set<string>()
  for (const value of values) if (seen.add(value).size > maxCategories) return { type: 'string' }
  if (values.length > minFreeText && seen.size === values.length) return { type: 'string' }
  return { type: 'string', categories: [...seen].sort() }
}

function inferArray(values: unknown[][]): FieldSchema {
  const shape = commonShape(values)
  if (shape) return { type: 'tensor', shape }
  const items = values.flat()
  return { type: 'array', items: inferField(items) }
}

/** Of nested arrays of numbers, all equally deep; -1 where they differ. Undefined for anything else. */
function commonShape(values: unknown[][]): number[] | undefined {
  let common: number[] | undefined
  for (const value of values) {
    const shape = shapeOf(value)
    if (!shape) return
    if (!common) common = shape
    else if (common.length !== shape.length) return
    else common = common.map((n, i) => (n === shape[i] ? n : -1))
  }
  return common
}

/** Undefined where rows differ in length or hold anything but numbers. An empty array has no numbers to speak of. */
function shapeOf(value: unknown): number[] | undefined {
  if (typeof value === 'number') return []
  if (!Array.isArray(value) || value.length === 0) return
  const inner = shapeOf(value[0])
  if (!inner) return
  for (let i = 1; i < value.length; i++) if (!hasShape(value[i], inner, 0)) return
  return [value.length, ...inner]
}

function hasShape(value: unknown, shape: number[], depth: number): boolean {
  if (depth === shape.length) return typeof value === 'number'
  if (!Array.isArray(value) || value.length !== shape[depth]) return false
  return value.every((item) => hasShape(item, shape, depth + 1))
}

function inferObject(values: Record<string, unknown>[], allow: ReadonlySet<string>): FieldSchema {
  const names = new Set<string>()
  for (const value of values) for (const name of Object.keys(value)) names.add(name)
  const fields = [...names].map((name): [string, FieldSchema] => {
    const field = inferField(values.map((value) => (Object.hasOwn(value, name) ? value[name] : undefined)))
    return [name, allow.has(name) ? open(field) : field]
  })
  return { type: 'object', fields: Object.fromEntries(fields) }
}

/** The categories stay, for forms. */
const open = (field: FieldSchema): FieldSchema => (field.type === 'string' ? { ...field, open: true } : field)
