import { createHash } from 'node:crypto'
import path from 'node:path'
import type { OpenedVersion } from '../../../lib/datasets/open-version'
import type { TableQuery } from '../../../lib/protocol/tables'
import type { DataContext } from '../context'
import { literal } from '../duck'
import { makeOnce } from '../make-once'
import { queryCondition, queryOrder } from './condition'

/**
 * The rows that a query leaves, in its order: a Parquet file of their places in the version, made once, so that every
 * page of it costs the same.
 */
export function queriedPlaces(
  { file, columns, hash }: OpenedVersion,
  query: TableQuery,
  { duck, folder }: Pick<DataContext, 'duck' | 'folder'>,
): Promise<string> {
  const { sort, filters, search } = query
  const name = createHash('sha256')
    .update(JSON.stringify([hash, sort, filters, search]))
    .digest('hex')
  return makeOnce(path.join(folder.whole, `${name}.rows.parquet`), (target) =>
    duck.write((connection) =>
      connection.run(
        `COPY (SELECT file_row_number AS place FROM read_parquet(${literal(file)}, file_row_number = true)
           WHERE ${queryCondition(columns, query)} ORDER BY ${queryOrder(columns, query, 'file_row_number')})
         TO ${literal(target)} (FORMAT parquet, PRESERVE_ORDER true, COMPRESSION zstd)`,
      ),
    ),
  )
}
