import { rm } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { rowColumn } from '../../../lib/protocol/dataset-file'
import { literal, quoted, readAll } from '../duck'
import type { Relation } from '../version-rows'
import { comparedValue, diffColumns } from './columns'

/** Rows of a version, and the columns that they have. */
export type Side = { rows: Relation; columns: DatasetColumn[] }

const row = quoted(rowColumn)

/**
 * How many rows one version has that the other does not, and the other way round: rows as wholes, each as often as it is
 * there. Two rows are the same where all of their values are, in the columns that both versions have.
 */
export async function countWhole(
  connection: DuckDBConnection,
  before: Side,
  after: Side,
): Promise<{ added: number; deleted: number }> {
  const [found] = await readAll(
    connection,
    `SELECT coalesce(sum(greatest(more, 0)), 0), coalesce(sum(greatest(-more, 0)), 0) FROM (${mores(before, after)})`,
  )
  return { added: Number(found![0]), deleted: Number(found![1]) }
}

/** Writes which rows differ so: a Parquet file with `__row` and `kind`, as `writeDiff` does. */
export async function writeWholeDiff(
  connection: DuckDBConnection,
  target: string,
  before: Side,
  after: Side,
): Promise<void> {
  const differing = `${target}-rows`
  const from = `read_parquet(${literal(differing)})`
  // Of rows that are there several times, the first ones are those of before.
  const those = (side: Side, other: Side, kind: string, more: string) =>
    `SELECT ${row}, '${kind}' AS kind FROM (
       SELECT rows.${row}, differing.more AS more,
         row_number() OVER (PARTITION BY rows.hash ORDER BY rows.${row} DESC) AS place
       FROM (${hashes(side, other)}) AS rows JOIN ${from} AS differing ON rows.hash = differing.hash
       WHERE ${more} > 0
     ) WHERE place <= ${more}`
  try {
    await write(connection, differing, `SELECT * FROM (${mores(before, after)}) WHERE more <> 0`)
    await write(
      connection,
      target,
      `SELECT * FROM (
         ${those(after, before, 'added', 'more')} UNION ALL ${those(before, after, 'deleted', '-more')}
       ) ORDER BY ${row}, kind DESC`,
    )
  } finally {
    await rm(differing, { force: true })
  }
}

/** Of each row how much more often it is there after than before. */
const mores = (before: Side, after: Side) =>
  `SELECT hash, sum(there) AS more FROM (
     SELECT hash, 1 AS there FROM (${hashes(after, before)})
     UNION ALL SELECT hash, -1 FROM (${hashes(before, after)})
   ) GROUP BY hash`

/** A number of 64 bits for each row, the same for the same values. */
function hashes(side: Side, other: Side): string {
  const columns = diffColumns(side.columns, other.columns).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const values = columns.flatMap((column) => comparedValue(column, `(${quoted(column.name)})`) ?? [])
  // Without a column in common all rows are alike.
  return `SELECT ${row}, hash(${values.join(', ') || '0'}) AS hash FROM ${side.rows} AS rows`
}

const write = (connection: DuckDBConnection, file: string, select: string) =>
  connection.run(`COPY (${select}) TO ${literal(file)} (FORMAT parquet)`)
