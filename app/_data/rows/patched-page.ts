import type { DuckDBConnection } from '@duckdb/node-api'
import type { ArtifactStore } from '../../../lib/artifacts'
import type { DatasetVersion } from '../../../lib/datasets/find'
import type { DatasetRows } from '../../../lib/protocol/dataset'
import { deletedColumn, rowColumn } from '../../../lib/protocol/dataset-file'
import { literal, quoted, readAll } from '../duck'
import { readRows } from '../read-rows'

/** Of more rows that are gone, one whole file is made: a page would read all of them. */
const mostGone = 10_000

const row = quoted(rowColumn)
const gone = quoted(deletedColumn)

/**
 * A page of a version that is a base with changes, without making one file of it: the first page after an edit of ten
 * million rows would wait for that. Undefined where too many rows are gone.
 */
export async function patchedPage(
  connection: DuckDBConnection,
  { base, changes, columns, rows: total }: DatasetVersion,
  { offset, limit }: { offset: number; limit: number },
  artifacts: Pick<ArtifactStore, 'file'>,
): Promise<DatasetRows | undefined> {
  const old = `read_parquet(${literal(await artifacts.file(base))}, file_row_number = true)`
  const edits = `read_parquet(${literal(await artifacts.file(changes!))})`
  const [found] = await readAll(
    connection,
    `SELECT count(*), max(${row}) FROM read_parquet(${literal(await artifacts.file(base))})`,
  )
  const [rows = 0, last = -1] = found!.map((value) => Number(value ?? -1))
  const removed = `(SELECT ${row} FROM ${edits} WHERE ${gone} AND ${row} <= ${last})`
  const [counted] = await readAll(connection, `SELECT count(*) FROM ${removed}`)
  const count = Number(counted![0])
  if (count > mostGone) return undefined
  const names = columns.map(({ name }) => quoted(name))
  const edited = names.map(
    (name) => `CASE WHEN edit.${row} IS NULL THEN placed.${name} ELSE edit.${name} END AS ${name}`,
  )
  // New rows have greater identities than all of the base, so they stand behind it.
  const read = await readRows(
    connection,
    `WITH
       near AS (
         SELECT *, ${row} IN ${removed} AS __gone FROM ${old}
         WHERE file_row_number >= ${offset} AND file_row_number < ${offset + limit + count}
       ),
       before AS (SELECT count(*) AS count FROM ${removed} WHERE ${row} < (SELECT min(${row}) FROM near)),
       placed AS (
         SELECT near.*, file_row_number - before.count
           - sum(CAST(__gone AS BIGINT)) OVER (ORDER BY file_row_number) AS __place
         FROM near, before
       ),
       fresh AS (
         SELECT *, ${rows - count - 1} + row_number() OVER (ORDER BY ${row}) AS __place
         FROM ${edits} WHERE NOT ${gone} AND ${row} > ${last}
       )
     SELECT ${[row, ...names].join(', ')} FROM (
       SELECT placed.${row}, ${edited.join(', ')}, __place
       FROM placed LEFT JOIN ${edits} AS edit ON edit.${row} = placed.${row} WHERE NOT __gone
       UNION ALL SELECT ${[row, ...names].join(', ')}, __place FROM fresh
     ) WHERE __place >= ${offset} AND __place < ${offset + limit} ORDER BY __place`,
    columns,
  )
  return { total, ...read }
}
