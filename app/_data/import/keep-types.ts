import type { DuckDBConnection } from '@duckdb/node-api'
import type { ColumnType, DatasetColumn } from '../../../lib/protocol/dataset'
import type { ImportColumn } from '../../../lib/protocol/dataset-import'
import type { KnownColumn } from '../../../lib/protocol/dataset-save'
import { literal, readAll } from '../duck'
import { columnValue } from './column-values'
import { measureFit } from './misfits'
import type { Inspected } from './stage'
import type { StagedColumn } from './staged'

/**
 * What a file's columns become where nobody chose: what they are known to be, else what the version before had under
 * their name, wherever all of their values fit; else what the file says. `shapes`: of columns of numbers.
 */
export async function keepTypes(
  connection: DuckDBConnection,
  { staged, decided }: Inspected,
  known: KnownColumn[],
  before: DatasetColumn[],
): Promise<{ columns: ImportColumn[]; shapes: Record<string, number[]> }> {
  const earlier = new Map(before.map((column) => [column.name, column]))
  const wished = staged.columns.map((column, i) => {
    const type = known[i]?.type ?? earlier.get(column.name)?.type
    return type !== undefined && type !== decided[i]!.type && mayBecome(column, type) ? type : undefined
  })
  const asked = wished.flatMap((type, i) => (type ? [{ i, type }] : []))
  const fits = await measureFit(
    connection,
    staged,
    asked.map(({ i, type }) => columnValue(staged.columns[i]!, type, decided[i]!)),
  )
  const fitting = new Map(
    asked.filter((_, k) => fits[k]!.misfits.count === 0).map(({ i, type }) => [i, type]),
  )
  const columns = staged.columns.map(({ name }, i) => ({
    name,
    type: fitting.get(i) ?? decided[i]!.type,
    keep: true,
  }))
  const shapes: Record<string, number[]> = {}
  for (const [i, { name, type }] of columns.entries()) {
    const shape = known[i]?.shape ?? earlier.get(name)?.shape
    if (type === 'numbers' && shape && (await haveShape(connection, staged.file, staged.columns[i]!, shape)))
      shapes[name] = shape
  }
  return { columns, shapes }
}

/** A file that says its types says also what is a text and what a list; of text nothing else tells. */
const mayBecome = ({ native }: StagedColumn, type: ColumnType) =>
  native === null || (type !== 'text' && type !== 'numbers')

async function haveShape(
  connection: DuckDBConnection,
  file: string,
  { source }: StagedColumn,
  shape: number[],
) {
  const size = shape.reduce((all, each) => all * each, 1)
  const [row] = await readAll(
    connection,
    `SELECT bool_and(len(${source}) = ${size}) FROM read_parquet(${literal(file)})`,
  )
  return row![0] === true
}
