import { rm } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { DatasetVersion } from '../../../lib/datasets/find'
import { rowColumn } from '../../../lib/protocol/dataset-file'
import type { DataContext } from '../context'
import { literal, quoted } from '../duck'
import { parts } from '../parts'
import { versionRows } from '../version-rows'
import { comparedValue, diffColumns } from './columns'

/** Columns that are compared at once. */
const atOnce = 100
const row = quoted(rowColumn)

/**
 * Writes which rows differ between two versions whose rows are known by their identities, and how: a Parquet file with
 * `__row` and `kind`, by row.
 */
export async function writeDiff(
  target: string,
  before: DatasetVersion,
  after: DatasetVersion,
  { duck, store: { artifacts } }: Pick<DataContext, 'duck' | 'store'>,
): Promise<void> {
  const some = await candidates(before, after, artifacts)
  const [a, b] = await Promise.all([before, after].map((version) => versionRows(version, artifacts)))
  const only = (rows: string) => `(SELECT * FROM ${rows} AS rows WHERE ${some})`
  const comparable = diffColumns(before.columns, after.columns).filter(
    (column) => comparedValue(column, '') !== undefined,
  )
  const files: string[] = []
  try {
    await duck.write(async (connection) => {
      for (const [i, columns] of parts(comparable, atOnce).entries()) {
        const conditions = columns.map((column) => {
          const name = quoted(column.name)
          return `${comparedValue(column, `(a.${name})`)} IS DISTINCT FROM ${comparedValue(column, `(b.${name})`)}`
        })
        const file = `${target}-${i}`
        files.push(file)
        await write(
          connection,
          file,
          `SELECT a.${row}, 'changed' AS kind FROM ${only(a!)} AS a JOIN ${only(b!)} AS b ON a.${row} = b.${row}
           WHERE ${conditions.join(' OR ')}`,
        )
      }
      const changed = files.map((file) => `SELECT * FROM read_parquet(${literal(file)})`)
      await write(
        connection,
        target,
        `SELECT DISTINCT * FROM (${[
          ...changed,
          `SELECT ${row}, 'added' AS kind FROM ${only(b!)} AS b WHERE ${row} NOT IN (SELECT ${row} FROM ${only(a!)})`,
          `SELECT ${row}, 'deleted' AS kind FROM ${only(a!)} AS a WHERE ${row} NOT IN (SELECT ${row} FROM ${only(b!)})`,
        ].join(' UNION ALL ')}) ORDER BY ${row}`,
      )
    })
  } finally {
    await Promise.all(files.map((file) => rm(file, { force: true })))
  }
}

const write = (connection: DuckDBConnection, file: string, select: string) =>
  connection.run(`COPY (${select}) TO ${literal(file)} (FORMAT parquet)`)

/** Which rows can differ at all: of two versions with one base, those that their changes name. */
async function candidates(
  before: DatasetVersion,
  after: DatasetVersion,
  artifacts: DataContext['store']['artifacts'],
): Promise<string> {
  if (before.base !== after.base) return 'true'
  const changes = [before, after].flatMap((version) => version.changes ?? [])
  if (changes.length === 0) return 'false'
  const files = await Promise.all(changes.map((name) => artifacts.file(name)))
  return `${row} IN (${files
    .map((file) => `SELECT ${row} FROM read_parquet(${literal(file)})`)
    .join(' UNION ALL ')})`
}
