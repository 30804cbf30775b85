import { z } from 'zod'
import type { FieldSchema, RecordSchema } from './schema'

/**
 * What the values of a version's fields were like when it was promoted: the measure of drift. Taken from the records that
 * the schema was inferred from, and from the cell's own predictions.
 */
const numbers = z.object({
  kind: z.literal('number'),
  /** A sample, in rising order. */
  values: z.array(z.number()).max(1000),
  /** Share of records without a value. */
  missing: z.number().min(0).max(1),
})
const categories = z.object({
  kind: z.literal('category'),
  /** How often each value stood there; rare ones beyond 200 are together in `other`. */
  counts: z.record(z.string(), z.number().int().min(0)),
  other: z.number().int().min(0),
  missing: z.number().min(0).max(1),
})
export const fieldReference = z.discriminatedUnion('kind', [numbers, categories])
export type FieldReference = z.infer<typeof fieldReference>

/** By the path of a field (`fieldsOf`). `records`: how many it was taken from. */
export const sideReference = z.object({
  records: z.number().int().min(0),
  fields: z.record(z.string(), fieldReference),
})
export type SideReference = z.infer<typeof sideReference>
export const reference = z.object({ input: sideReference, output: sideReference })
export type Reference = z.infer<typeof reference>

const maxValues = 1000
const maxCategories = 200
const maxFields = 200
/** Elements of a tensor that are fields of their own; of a larger one the mean is. */
const maxElements = 32

/** A field that is watched: a number or a category of each record. */
export type WatchedField = { path: string; kind: 'number' | 'category'; read(record: unknown): unknown }

/** The fields of a schema that drift is looked for in. Free texts are watched by their length. */
export function watchedFields(schema: FieldSchema): WatchedField[] {
  return collect(schema, '', (record) => record).slice(0, maxFields)
}

type Read = (record: unknown) => unknown

function collect(schema: FieldSchema, path: string, read: Read): WatchedField[] {
  const named = path || '(record)'
  switch (schema.type) {
    case 'number':
      return [{ path: named, kind: 'number', read: (record) => finite(read(record)) }]
    case 'boolean':
      return [{ path: named, kind: 'category', read: (record) => textOf(read(record)) }]
    case 'string':
      return schema.categories
        ? [{ path: named, kind: 'category', read: (record) => textOf(read(record)) }]
        : [{ path: `${named}, length`, kind: 'number', read: (record) => lengthOf(read(record)) }]
    case 'object':
      return Object.entries(schema.fields).flatMap(([name, inner]) =>
        collect(inner, path ? `${path}.${name}` : name, (record) => within(read(record), name)),
      )
    case 'tensor':
      return ofTensor(schema.shape, named, path, read)
    case 'array':
    case 'any':
      return []
  }
}

function ofTensor(shape: number[], named: string, path: string, read: Read): WatchedField[] {
  const [size = 0] = shape
  if (shape.length === 1 && size > 0 && size <= maxElements)
    return Array.from({ length: size }, (_, i) => ({
      path: `${path}[${i}]`,
      kind: 'number' as const,
      read: (record: unknown) => {
        const value = read(record)
        return Array.isArray(value) ? finite(value[i]) : null
      },
    }))
  return [{ path: `${named}, mean`, kind: 'number', read: (record) => meanOf(read(record)) }]
}

const finite = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'boolean' ? String(value) : null
const lengthOf = (value: unknown) => (typeof value === 'string' ? value.length : null)
const within = (value: unknown, name: string) =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : null

function meanOf(value: unknown): number | null {
  let sum = 0
  let count = 0
  const walk = (at: unknown) => {
    if (Array.isArray(at)) for (const item of at) walk(item)
    else if (typeof at === 'number') {
      sum += at
      count++
    }
  }
  walk(value)
  return count === 0 ? null : finite(sum / count)
}

/** The reference of a version. Of many records an even sample is enough: drift is told from 1,000. */
export function referenceOf(
  schema: RecordSchema,
  records: readonly unknown[],
  predictions: readonly unknown[],
): Reference {
  return { input: sideOf(schema.input, records), output: sideOf(schema.output, predictions) }
}

/** The values of one side, input or output, as a reference. */
export function sideOf(schema: FieldSchema, records: readonly unknown[]): SideReference {
  const fields = watchedFields(schema).map((field): [string, FieldReference] => [
    field.path,
    field.kind === 'number' ? numbersOf(field, records) : categoriesOf(field, records),
  ])
  return { records: records.length, fields: Object.fromEntries(fields) }
}

const share = (missing: number, records: readonly unknown[]) =>
  records.length === 0 ? 0 : missing / records.length

function numbersOf({ read }: WatchedField, records: readonly unknown[]): FieldReference {
  const values = records.map(read).filter((value) => value !== null) as number[]
  values.sort((a, b) => a - b)
  // Every n-th of the values in order: their quantiles stay.
  const kept =
    values.length <= maxValues
      ? values
      : Array.from(
          { length: maxValues },
          (_, i) => values[Math.floor(((i + 0.5) * values.length) / maxValues)]!,
        )
  return { kind: 'number', values: kept, missing: share(records.length - values.length, records) }
}

function categoriesOf({ read }: WatchedField, records: readonly unknown[]): FieldReference {
  const counts = new Map<string, number>()
  let missing = 0
  for (const record of records) {
    const value = read(record) as string | null
    if (value === null) missing++
    else counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const ordered = [...counts].sort(([, a], [, b]) => b - a)
  const other = ordered.slice(maxCategories).reduce((sum, [, count]) => sum + count, 0)
  return {
    kind: 'category',
    counts: Object.fromEntries(ordered.slice(0, maxCategories)),
    other,
    missing: share(missing, records),
  }
}
