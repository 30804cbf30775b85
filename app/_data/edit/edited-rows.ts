import type { DuckDBConnection } from '@duckdb/node-api'
import type { DatasetVersion } from '../../../lib/datasets/find'
import { deletedColumn, rowColumn } from '../../../lib/protocol/dataset-file'
import { Refused } from '../../../lib/refused'
import { storedTypes } from '../column-sql'
import type { DataContext } from '../context'
import { literal, quoted, readAll } from '../duck'
import { parquetOptions } from '../parquet-options'
import { versionRows } from '../version-rows'
import type { StagedEdits } from './stage-edits'

const row = quoted(rowColumn)
const gone = quoted(deletedColumn)

export type EditedRows = {
  /** What stands behind FROM: `__row`, the columns, `__deleted`; only rows that become others. */
  from: string
  counts: { added: number; changed: number; deleted: number }
}

/**
 * What edits make of the rows of a version, written to `file`. Edits that leave a row as it is are dropped. Refuses rows
 * that no version had, which `seen` would have (422).
 */
export async function writeEditedRows(
  connection: DuckDBConnection,
  { from, set, span, added }: StagedEdits,
  { seen, newest }: { seen: DatasetVersion; newest: DatasetVersion },
  file: string,
  { artifacts }: DataContext['store'],
): Promise<EditedRows> {
  const { columns } = newest
  const isSet = new Set(set)
  const names = columns.map(({ name }) => quoted(name))
  const changed = names.map((name, i) =>
    isSet.has(i)
      ? `CASE WHEN edit.is_set${i} THEN edit.value${i} ELSE now.${name} END AS ${name}`
      : `now.${name}`,
  )
  // A NULL of no type would be an integer in the file.
  const fresh = columns.map(
    ({ name, type }, i) =>
      `${isSet.has(i) ? `value${i}` : `CAST(NULL AS ${storedTypes[type]})`} AS ${quoted(name)}`,
  )
  const other = set.map((i) => `(edit.is_set${i} AND edit.value${i} IS DISTINCT FROM now.${names[i]})`)
  const parts = [
    `SELECT row AS ${row}, ${fresh.join(', ')}, false AS ${gone} FROM ${from} WHERE deed = 'add'`,
  ]
  if (span) {
    await refuseUnknown(connection, from, await versionRows(seen, artifacts, span))
    const now = await versionRows(newest, artifacts, span)
    const joined = `FROM ${from} AS edit JOIN ${now} AS now ON now.${row} = edit.row`
    parts.push(
      `SELECT now.${row}, ${changed.join(', ')}, false AS ${gone} ${joined}
       WHERE edit.deed = 'change' AND (${other.join(' OR ') || 'false'})`,
      `SELECT now.${row}, ${names.map((name) => `now.${name}`).join(', ')}, true AS ${gone} ${joined}
       WHERE edit.deed = 'delete'`,
    )
  }
  const width = columns.reduce((sum, { shape = [1] }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  await connection.run(
    `COPY (SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY ${row})
     TO ${literal(file)} ${parquetOptions(width)}`,
  )
  const written = `read_parquet(${literal(file)})`
  const [counted] = await readAll(
    connection,
    `SELECT count(*) FILTER (WHERE NOT ${gone}), count(*) FILTER (WHERE ${gone}) FROM ${written}`,
  )
  const [kept, deleted] = counted!.map(Number)
  return { from: written, counts: { added, changed: kept! - added, deleted: deleted! } }
}

async function refuseUnknown(connection: DuckDBConnection, edits: string, seen: string) {
  const [unknown] = await readAll(
    connection,
    `SELECT row FROM ${edits} WHERE deed <> 'add' AND row NOT IN (SELECT ${row} FROM ${seen}) LIMIT 1`,
  )
  if (unknown)
    throw new Refused(422, 'no_row', `the version that was edited has no such row: ${Number(unknown[0]) + 1}`)
}
