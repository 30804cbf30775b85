import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { ColumnType, DatasetColumn } from '../../lib/protocol/dataset'
import { rowColumn } from '../../lib/protocol/dataset-file'
import type { DataContext } from './context'
import { describeColumns } from './describe-columns'
import { literal, quoted } from './duck'
import { parquetOptions } from './parquet-options'

/** A base in the artifact store, as a version names it. */
export type WrittenBase = { base: string; columns: DatasetColumn[]; rows: number; bytes: number }

/**
 * Writes the rows of a query as the base of a version, numbered from 0 in their order. Its columns have the types that
 * are stored already. `shapes`: of columns of numbers, where they are more than lists; `row`: what numbers the rows,
 * where the query has it.
 */
export async function writeBase(
  connection: DuckDBConnection,
  select: string,
  columns: { name: string; type: ColumnType }[],
  { store, folder }: Pick<DataContext, 'store' | 'folder'>,
  { shapes = {}, row = 'row_number() OVER () - 1' }: { shapes?: Record<string, number[]>; row?: string } = {},
): Promise<WrittenBase> {
  await mkdir(folder.work, { recursive: true, mode: 0o700 })
  const file = path.join(folder.work, `${randomUUID()}.parquet`)
  const width = Object.values(shapes).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0)
  const names = columns.map(({ name }) => quoted(name)).join(', ')
  try {
    await connection.run(
      `COPY (SELECT ${row} AS ${quoted(rowColumn)}, ${names} FROM (${select}))
       TO ${literal(file)} ${parquetOptions(columns.length + width)}`,
    )
    const described = await describeColumns(connection, file, columns, shapes)
    const { name } = await store.artifacts.put(createReadStream(file))
    return { base: name, ...described, bytes: (await stat(file)).size }
  } finally {
    await rm(file, { force: true })
  }
}
