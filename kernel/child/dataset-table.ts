import type { ColumnTable } from 'arquero'
import { deletedColumn, rowColumn } from '../../lib/protocol/dataset-file'
import type { OpenedDataset } from '../../lib/protocol/dataset-read'
import { rememberType } from './tables/column-types'

/** Runs a query of our own in the notebook's DuckDB. */
type Query = (text: string) => Promise<ColumnTable>

/** What a query reads of a data set's file: its columns, without the rows' identities. */
export function selectDataset({ file, changes }: Pick<OpenedDataset, 'file' | 'changes'>): string {
  const row = quoted(rowColumn)
  const base = parquet(file)
  if (changes === undefined) return `SELECT * EXCLUDE (${row}) FROM ${base}`
  const edits = parquet(changes)
  return `SELECT * EXCLUDE (${row}) FROM (
    SELECT * FROM ${base} WHERE ${row} NOT IN (SELECT ${row} FROM ${edits})
    UNION ALL BY NAME
    SELECT * EXCLUDE (${quoted(deletedColumn)}) FROM ${edits} WHERE NOT ${quoted(deletedColumn)}
  ) ORDER BY ${row}`
}

const parquet = (file: string) => `read_parquet('${file.replaceAll("'", "''")}')`

/**
 * A version of a data set as an arquero table, rows in its order: numbers as typed arrays, dates as `Date`, a missing
 * value as null. In a column of `numbers` each row is a `Float64Array`, flat whatever its shape.
 */
export async function tableOfDataset(opened: OpenedDataset, query: Query, arquero: () => Promise<Arquero>) {
  const from = selectDataset(opened)
  const numbers = opened.columns.filter(({ type }) => type === 'numbers')
  const lists = numbers.map(({ name }) => name)
  if (lists.length === 0) return query(from)
  // A list for each row would be made of values one by one: all of them together come as memory.
  const there = lists.map((name) => `${quoted(name)} IS NOT NULL AS ${quoted(name)}`)
  const table = await query(`SELECT * REPLACE (${there.join(', ')}) FROM (${from})`)
  const rows: Record<string, (Float64Array | null)[]> = {}
  for (const name of lists) rows[name] = await listsOf(name, from, table, query)
  const whole = table.assign((await arquero()).table(rows, lists))
  for (const { name, shape } of numbers) rememberType(whole.column(name)!, { type: 'numbers', shape })
  return whole
}
type Arquero = { table(columns: object, names: string[]): ColumnTable }

async function listsOf(name: string, from: string, table: ColumnTable, query: Query) {
  const column = quoted(name)
  const items = `SELECT unnest(${column}) AS item FROM (${from}) WHERE ${column} IS NOT NULL`
  const lengths = `SELECT len(${column}) AS length FROM (${from}) WHERE ${column} IS NOT NULL`
  const flat = Float64Array.from((await query(items)).array('item') as Iterable<number>)
  const sizes = (await query(lengths)).array('length') as ArrayLike<number>
  let at = 0
  let next = 0
  return Array.from(table.array(name) as Iterable<boolean>, (isThere) => {
    if (!isThere) return null
    const from = at
    at += sizes[next++]!
    return flat.subarray(from, at)
  })
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
