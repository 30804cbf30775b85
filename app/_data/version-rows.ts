import type { ArtifactStore } from '../../lib/artifacts'
import type { DatasetVersion } from '../../lib/datasets/find'
import { deletedColumn, rowColumn } from '../../lib/protocol/dataset-file'
import { literal, quoted } from './duck'

type Parts = Pick<DatasetVersion, 'base' | 'changes' | 'columns'>

/** What stands behind FROM. */
export type Relation = string

/**
 * The rows of a version by their identities, in no order, without making one file of it. `span`: the least and the
 * greatest identity that are of interest, so that row groups without them are not read.
 */
export async function versionRows(
  { base, changes, columns }: Parts,
  artifacts: Pick<ArtifactStore, 'file'>,
  span?: { first: number; last: number },
): Promise<Relation> {
  const row = quoted(rowColumn)
  const names = [rowColumn, ...columns.map(({ name }) => name)].map(quoted).join(', ')
  const within = span ? `${row} BETWEEN ${span.first} AND ${span.last}` : 'true'
  const old = `read_parquet(${literal(await artifacts.file(base))})`
  if (changes === null) return `(SELECT ${names} FROM ${old} WHERE ${within})`
  const edits = `read_parquet(${literal(await artifacts.file(changes))})`
  return `(
    SELECT ${names} FROM ${old} WHERE ${within} AND ${row} NOT IN (SELECT ${row} FROM ${edits})
    UNION ALL
    SELECT ${names} FROM ${edits} WHERE ${within} AND NOT ${quoted(deletedColumn)}
  )`
}
