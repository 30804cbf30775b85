import { type FeatureEncoding, type TrainedModel, widthOf } from '../../../../lib/training/model-format'

/** A record that does not say what the model needs; callers answer 400 to it. */
export class BadRecord extends Error {
  override readonly name = 'BadRecord'
  readonly code = 'bad_record'
}

/** Writes a value into `row` from `at` on. */
type Write = (value: unknown, row: Float64Array, at: number) => void

/** How the model's records become rows of numbers. */
export function compileEncoder({ features, scaling }: Pick<TrainedModel, 'features' | 'scaling'>) {
  const starts: number[] = []
  let width = 0
  for (const feature of features) {
    starts.push(width)
    width += widthOf(feature)
  }
  const writes = features.map(writerOf)
  return {
    width,
    encode(record: unknown): Float64Array {
      const row = new Float64Array(width)
      const values = (record ?? {}) as Record<string, unknown>
      for (let i = 0; i < features.length; i++) writes[i]!(values[features[i]!.column], row, starts[i]!)
      if (scaling) for (let i = 0; i < width; i++) row[i] = (row[i]! - scaling.shift[i]!) * scaling.scale[i]!
      return row
    },
  }
}

const absent = (value: unknown) => value === null || value === undefined

function writerOf(feature: FeatureEncoding): Write {
  switch (feature.encoding) {
    case 'number':
      return (value, row, at) => {
        row[at] = numberOf(value) ?? insteadOf(feature)
      }
    case 'time':
      return (value, row, at) => {
        const ms = absent(value) ? insteadOf(feature) : timeOf(feature.column, value)
        feature.parts.forEach((part, i) => {
          row[at + i] = timePart(part, ms)
        })
      }
    case 'one_hot':
    case 'index':
      return categoryWriter(feature)
    case 'numbers':
      return (value, row, at) => {
        const width = widthOf(feature)
        const flat = Array.isArray(value) ? value.flat(Infinity) : []
        if (flat.length !== width)
          throw new BadRecord(`${feature.column}: expected ${width} numbers, got ${flat.length}`)
        for (let i = 0; i < width; i++) row[at + i] = Number(flat[i])
      }
  }
}

function categoryWriter(feature: Extract<FeatureEncoding, { encoding: 'one_hot' | 'index' }>): Write {
  const { column, categories, encoding, unknown } = feature
  const places = new Map(categories.map((category, i) => [category, i]))
  return (value, row, at) => {
    const place = places.get(absent(value) ? null : String(value))
    if (place === undefined && unknown === 'refuse')
      throw new BadRecord(`${column}: the model has not seen this value: ${String(value).slice(0, 100)}`)
    if (encoding === 'index') row[at] = place ?? categories.length
    else if (place !== undefined) row[at + place] = 1
  }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined
}

function insteadOf({ column, missing }: { column: string; missing: number | null }): number {
  if (missing === null) throw new BadRecord(`${column}: the model needs a value, got none`)
  return missing
}

function timeOf(column: string, value: unknown): number {
  const ms = Date.parse(String(value))
  if (Number.isNaN(ms))
    throw new BadRecord(`${column}: expected a date as 2026-03-31, got ${String(value).slice(0, 100)}`)
  return ms
}

const dayMs = 86_400_000

/** One part of a time in UTC, as a number. */
export function timePart(part: 'days' | 'month' | 'weekday' | 'hour', ms: number): number {
  if (part === 'days') return ms / dayMs
  const date = new Date(ms)
  if (part === 'month') return date.getUTCMonth() + 1
  return part === 'weekday' ? date.getUTCDay() : date.getUTCHours()
}
