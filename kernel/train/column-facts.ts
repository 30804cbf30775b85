import type { TrainColumn } from './data'

/** What is known of a column, of some rows that were looked at. */
export type ColumnFacts = { name: string; rows: number } & (
  | {
      type: 'boolean' | 'integer' | 'number' | 'date' | 'datetime'
      /** Of rows that have a value. */
      count: number
      sum: number
      least: number
      most: number
    }
  /** Rows of each text; null where there are too many different ones to count. */
  | { type: 'text'; missing: number; counts: ReadonlyMap<string, number> | null }
  | { type: 'numbers'; shape: number[] }
)

/** Different texts of one column that are counted: a column of more is no category, and they would fill the memory. */
const mostTexts = 1_000_000

/** Gathers facts of a column that comes part by part. */
export function gatherFacts() {
  let facts: ColumnFacts | undefined
  return {
    /** Looks at these rows of a part; at all of them unless given. */
    add(column: TrainColumn, rows?: Int32Array) {
      facts = factsOf(column, rows, facts)
    },
    facts: () => facts!,
  }
}

/** What is known of these rows of a column, and of those before. */
export function factsOf(column: TrainColumn, rows?: Int32Array, before?: ColumnFacts): ColumnFacts {
  const { name } = column
  const seen = before?.rows ?? 0
  if (column.type === 'numbers') {
    const { type, shape, values } = column
    const size = shape.reduce((product, length) => product * length, 1)
    return { name, type, shape, rows: seen + (rows?.length ?? values.length / size) }
  }
  if (column.type === 'text') {
    const { categories, codes } = column
    const length = rows?.length ?? codes.length
    const old = before?.type === 'text' ? before : undefined
    const found = new Float64Array(categories.length)
    let missing = old?.missing ?? 0
    for (let i = 0; i < length; i++) {
      const code = codes[rows ? rows[i]! : i]!
      if (code < 0) missing++
      else found[code]!++
    }
    if (old?.counts === null) return { ...old, missing, rows: seen + length }
    const counts = (old?.counts as Map<string, number> | undefined) ?? new Map<string, number>()
    found.forEach((count, code) => {
      const text = categories[code]!
      if (count > 0) counts.set(text, (counts.get(text) ?? 0) + count)
    })
    return {
      name,
      type: 'text',
      rows: seen + length,
      missing,
      counts: counts.size > mostTexts ? null : counts,
    }
  }
  const { type, values } = column
  const old = before as Extract<ColumnFacts, { sum: number }> | undefined
  const length = rows?.length ?? values.length
  let { count, sum, least, most } = old ?? { count: 0, sum: 0, least: Infinity, most: -Infinity }
  for (let i = 0; i < length; i++) {
    const value = values[rows ? rows[i]! : i]!
    if (Number.isNaN(value)) continue
    count++
    sum += value
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return { name, type, rows: seen + length, count, sum, least, most }
}
