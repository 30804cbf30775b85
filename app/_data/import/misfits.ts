import type { DuckDBConnection } from '@duckdb/node-api'
import type { Misfit } from '../../../lib/protocol/dataset-import'
import { literal, readAll } from '../duck'
import { parts } from '../parts'
import type { ColumnValue } from './column-values'
import { recordLines } from './record-lines'
import type { Staged } from './staged'

/** Columns in one query. */
const atOnce = 25
const examples = 3

export type Fit = { missing: number; misfits: { count: number; examples: Misfit[] } }

/** How the values of columns fit their types; at most so many columns are shown with examples. */
export async function measureFit(
  connection: DuckDBConnection,
  staged: Staged,
  columns: ColumnValue[],
): Promise<Fit[]> {
  const fits: Fit[] = []
  for (const some of parts(columns, atOnce)) {
    const [row] = await readAll(
      connection,
      `SELECT ${some.flatMap(({ text, read }) => [`count(${text})`, `count(${read(text)})`]).join(', ')}
       FROM read_parquet(${literal(staged.file)})`,
    )
    for (let i = 0; i < some.length; i++) {
      const [there, fitting] = [Number(row![2 * i]), Number(row![2 * i + 1])]
      fits.push({
        missing: staged.rows - there,
        misfits: { count: Math.max(there - fitting, 0), examples: [] },
      })
    }
  }
  const bad = fits.flatMap(({ misfits }, i) => (misfits.count > 0 ? [i] : [])).slice(0, 50)
  const found: { column: number; row: number; value: string }[] = []
  for (const column of bad) {
    const { text, read } = columns[column]!
    const rows = await readAll(
      connection,
      `SELECT file_row_number, left(CAST(${text} AS VARCHAR), 100)
       FROM read_parquet(${literal(staged.file)}, file_row_number = true)
       WHERE ${text} IS NOT NULL AND ${read(text)} IS NULL LIMIT ${examples}`,
    )
    for (const [row, text] of rows) found.push({ column, row: Number(row), value: String(text) })
  }
  const lines = await linesOf(staged, new Set(found.map(({ row }) => row)))
  for (const { column, row, value } of found)
    fits[column]!.misfits.examples.push({ line: lines.get(row) ?? row + 1, value })
  return fits
}

/** On which lines of the file rows stand; where it has no lines, rows are counted from 1. */
async function linesOf({ text, columns }: Staged, rows: Set<number>): Promise<Map<number, number>> {
  const lines = new Map<number, number>()
  if (!text || rows.size === 0) return lines
  const rejected = new Set(text.rejectedRecords)
  const wanted: number[] = []
  let row = -1
  const records: number[] = []
  const found = await recordLines(
    text.file,
    text.delimiter,
    ({ number, blank }) => {
      // A blank line is a row only where nothing separates values.
      if (number <= text.headRecords || (blank && columns.length > 1) || rejected.has(number)) return false
      row++
      if (!rows.has(row)) return false
      wanted.push(row)
      records.push(number)
      return true
    },
    () => wanted.length === rows.size,
  )
  for (const [i, at] of wanted.entries()) lines.set(at, text.byRecord ? records[i]! : found[i]!)
  return lines
}
