import type { DuckDBConnection } from '@duckdb/node-api'
import type { DatasetVersion } from '../../../lib/datasets/find'
import type { DatasetConflict } from '../../../lib/protocol/dataset-edit'
import { rowColumn } from '../../../lib/protocol/dataset-file'
import type { DataContext } from '../context'
import { quoted, readAll } from '../duck'
import { jsonOf } from '../read-rows'
import { versionRows } from '../version-rows'
import type { StagedEdits } from './stage-edits'

/** Conflicts that are shown at once; those behind them come up after these are settled. */
const mostShown = 500
const row = quoted(rowColumn)

/**
 * Edited rows that differ between the version that was edited and the newest. What both sides made the same of is no
 * conflict, nor is a row that both deleted.
 */
export async function findConflicts(
  connection: DuckDBConnection,
  { from, set, span }: StagedEdits,
  seen: DatasetVersion,
  newest: DatasetVersion,
  { artifacts }: DataContext['store'],
): Promise<DatasetConflict[]> {
  if (!span || seen.number === newest.number) return []
  const [old, now] = await Promise.all([
    versionRows(seen, artifacts, span),
    versionRows(newest, artifacts, span),
  ])
  const types = new Map(seen.columns.map(({ name, type }) => [name, type]))
  const { columns } = newest
  const differing = columns.flatMap(({ name, type }) =>
    types.get(name) === type ? [`old.${quoted(name)} IS DISTINCT FROM now.${quoted(name)}`] : [],
  )
  const other = set.map(
    (i) => `(edit.is_set${i} AND edit.value${i} IS DISTINCT FROM now.${quoted(columns[i]!.name)})`,
  )
  const before = columns.map(({ name, type }) => (types.get(name) === type ? `old.${quoted(name)}` : 'NULL'))
  const theirs = columns.map(({ name }) => `now.${quoted(name)}`)
  const found = await readAll(
    connection,
    `SELECT edit.row, now.${row} IS NULL, ${[...before, ...theirs].join(', ')}
     FROM ${from} AS edit JOIN ${old} AS old ON old.${row} = edit.row LEFT JOIN ${now} AS now ON now.${row} = edit.row
     WHERE CASE
       WHEN now.${row} IS NULL THEN edit.deed = 'change'
       WHEN NOT (${differing.join(' OR ') || 'false'}) THEN false
       ELSE edit.deed = 'delete' OR ${other.join(' OR ') || 'false'}
     END
     ORDER BY edit.row LIMIT ${mostShown}`,
  )
  const width = columns.length
  return found.map(([id, gone, ...values]) => {
    const json = (from: number) => columns.map(({ type }, i) => jsonOf(values[from + i]!, type))
    return { row: Number(id), before: json(0), theirs: gone === true ? null : json(width) }
  })
}
