import type { SparkColumns } from './host'

/** What becomes a table of Spark: records, columns by name, or a table (arquero, Arrow). */
export type TableLike =
  | readonly object[]
  | { readonly [name: string]: ArrayLike<unknown> }
  | ArqueroLike
  | ArrowLike
type ArqueroLike = { columnNames(): string[]; array(name: string): ArrayLike<unknown> }
type ArrowLike = {
  schema: { fields: { name: string }[] }
  getChild(name: string): { toArray(): ArrayLike<unknown> } | null
}

/** A table's columns. Throws where it has none. */
export function columnsOf(table: TableLike): SparkColumns {
  if (Array.isArray(table)) return ofRecords(table)
  if (typeof table !== 'object' || table === null)
    throw new TypeError(`a table is records, columns by name, or an arquero table; this is ${typeof table}`)
  if (typeof (table as ArqueroLike).columnNames === 'function') {
    const { columnNames, array } = table as ArqueroLike
    const names = columnNames.call(table)
    // As it is shown: filtered, ordered.
    return needed({ names, values: names.map((name) => array.call(table, name)) })
  }
  if (typeof (table as ArrowLike).getChild === 'function') {
    const arrow = table as ArrowLike
    const names = arrow.schema.fields.map(({ name }) => name)
    return needed({ names, values: names.map((name) => arrow.getChild(name)!.toArray()) })
  }
  const entries = Object.entries(table as Record<string, ArrayLike<unknown>>)
  for (const [name, values] of entries)
    if (typeof values !== 'object' || values === null || !('length' in values))
      throw new TypeError(`a column is an array of values; this is ${typeof values}: ${name}`)
  return needed({ names: entries.map(([name]) => name), values: entries.map(([, values]) => values) })
}

/** Names are those of all records, in the order in which they come; a missing value is null. */
export function ofRecords(records: readonly object[]): SparkColumns {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const values = names.map((name) =>
    records.map((record) => (record as Record<string, unknown>)[name] ?? null),
  )
  return needed({ names, values })
}

function needed(columns: SparkColumns) {
  if (columns.names.length === 0)
    throw new TypeError('a table of spark needs at least one column, and this has none')
  const twice = columns.names.find((name, i) => columns.names.indexOf(name) < i)
  if (twice !== undefined) throw new TypeError(`two columns have one name; rename one: ${twice}`)
  return columns
}

/** Rows as objects. */
export function toRecords({ names, values }: SparkColumns): Record<string, unknown>[] {
  const rows = values[0]?.length ?? 0
  return Array.from({ length: rows }, (_, row) => {
    const record: Record<string, unknown> = {}
    for (let i = 0; i < names.length; i++) record[names[i]!] = values[i]![row]
    return record
  })
}
