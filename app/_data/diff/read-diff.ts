import type { DuckDBConnection } from '@duckdb/node-api'
import type { DatasetVersion } from '../../../lib/datasets/find'
import type { DatasetValue } from '../../../lib/protocol/dataset'
import {
  type DatasetDiff,
  type DiffColumn,
  type DiffKind,
  type DiffRow,
  diffKinds,
  isCompared,
} from '../../../lib/protocol/dataset-diff'
import { rowColumn } from '../../../lib/protocol/dataset-file'
import type { DataContext } from '../context'
import { literal, quoted, readAll } from '../duck'
import { readRows } from '../read-rows'
import { versionRows } from '../version-rows'
import { diffColumns } from './columns'

type Part = { kinds: readonly DiffKind[]; offset: number; limit: number; asWholes: boolean }

/** Some of the rows that a file of `writeDiff` or `writeWholeDiff` names, with their values in both versions. */
export async function readDiff(
  connection: DuckDBConnection,
  file: string,
  [before, after]: [DatasetVersion, DatasetVersion],
  { kinds, offset, limit, asWholes }: Part,
  { artifacts }: DataContext['store'],
): Promise<DatasetDiff> {
  const from = `read_parquet(${literal(file)})`
  const counted = await readAll(connection, `SELECT kind, count(*) FROM ${from} GROUP BY kind`)
  const counts = Object.fromEntries(
    diffKinds.map((kind) => [kind, Number(counted.find(([name]) => name === kind)?.[1] ?? 0)]),
  ) as Record<DiffKind, number>
  const columns = diffColumns(before.columns, after.columns)
  const found = await readAll(
    connection,
    `SELECT ${quoted(rowColumn)}, kind FROM ${from} WHERE kind IN (${kinds.map(literal).join(', ')})
     ORDER BY ${quoted(rowColumn)}, kind DESC LIMIT ${limit} OFFSET ${offset}`,
  )
  const rows = found.map(([row, kind]) => ({ row: Number(row), kind: kind as DiffKind }))
  // One number may be of two rows, where rows have no identity in both versions.
  const idsBut = (kind: DiffKind) => rows.flatMap((each) => (each.kind === kind ? [] : each.row))
  const old = await valuesOf(connection, before, idsBut('added'), artifacts)
  const now = await valuesOf(connection, after, idsBut('deleted'), artifacts)
  return {
    counts,
    asWholes,
    columns,
    rows: rows.map(({ row, kind }) =>
      withValues(
        { row, kind },
        columns,
        kind === 'added' ? undefined : old.get(row),
        kind === 'deleted' ? undefined : now.get(row),
      ),
    ),
  }
}

type Values = Map<string, DatasetValue>

async function valuesOf(
  connection: DuckDBConnection,
  version: DatasetVersion,
  ids: number[],
  artifacts: DataContext['store']['artifacts'],
): Promise<Map<number, Values>> {
  if (ids.length === 0) return new Map()
  const rows = await versionRows(version, artifacts, { first: Math.min(...ids), last: Math.max(...ids) })
  const names = [rowColumn, ...version.columns.map(({ name }) => name)].map(quoted).join(', ')
  const read = await readRows(
    connection,
    `SELECT ${names} FROM ${rows} AS rows WHERE ${quoted(rowColumn)} IN (${ids.join(', ')})`,
    version.columns,
  )
  return new Map(
    read.ids.map((id, i) => [id, new Map(version.columns.map(({ name }, at) => [name, read.rows[i]![at]!]))]),
  )
}

function withValues(
  { row, kind }: { row: number; kind: DiffKind },
  columns: DiffColumn[],
  before: Values | undefined,
  after: Values | undefined,
): DiffRow {
  const inOrder = (values: Values) => columns.map(({ name }) => values.get(name) ?? null)
  const [a, b] = [before && inOrder(before), after && inOrder(after)]
  return {
    row,
    kind,
    ...(a && { before: a }),
    ...(b && { after: b }),
    changed:
      kind === 'changed' && a && b ? columns.flatMap((column, i) => isOther(column, a[i]!, b[i]!, i)) : [],
  }
}

function isOther(column: DiffColumn, a: DatasetValue, b: DatasetValue, place: number): number[] {
  if (column.before === null || column.after === null) return []
  const other = isCompared(column) ? JSON.stringify(a) !== JSON.stringify(b) : (a === null) !== (b === null)
  return other ? [place] : []
}
