import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { NewVersion } from '../../../lib/datasets/create-version'
import type { DatasetVersion } from '../../../lib/datasets/find'
import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { deletedColumn, rowColumn } from '../../../lib/protocol/dataset-file'
import type { DataContext } from '../context'
import { maxCategories } from '../describe-columns'
import { literal, quoted, readAll } from '../duck'
import { parquetOptions } from '../parquet-options'
import { versionRows } from '../version-rows'
import { writeBase } from '../write-base'
import type { EditedRows } from './edited-rows'

/** Up to so many rows a new base is written at once: in less time than the two files would cost their readers. */
const smallRows = 200_000
/** Changes of more than this part of the base's rows are folded into a new base. */
const mostChanged = 0.1

const row = quoted(rowColumn)
const gone = quoted(deletedColumn)

type Files = Pick<NewVersion, 'base' | 'changes' | 'columns' | 'rows' | 'bytes'>

/** The files of the version that edited rows make of another: a new base, or the same one with other changes. */
export async function writeEdited(
  connection: DuckDBConnection,
  newest: DatasetVersion,
  { from, counts }: EditedRows,
  context: Pick<DataContext, 'store' | 'folder'>,
): Promise<Files> {
  const rows = newest.rows + counts.added - counts.deleted
  const changes = await mergedChanges(newest, from, context)
  const [count] = await readAll(connection, `SELECT count(*) FROM ${changes}`)
  if (rows <= smallRows || Number(count![0]) > rows * mostChanged) {
    const names = [rowColumn, ...newest.columns.map(({ name }) => name)].map(quoted).join(', ')
    const all = await versionRows(newest, context.store.artifacts)
    return writeBase(
      connection,
      `SELECT ${names} FROM ${all} AS rows WHERE ${row} NOT IN (SELECT ${row} FROM ${from})
       UNION ALL SELECT ${names} FROM ${from} WHERE NOT ${gone} ORDER BY ${row}`,
      newest.columns,
      context,
      { shapes: shapesOf(newest.columns), row },
    )
  }
  const stored = await putChanges(connection, changes, newest, context)
  return {
    ...stored,
    columns: await widened(connection, newest.columns, from),
    rows,
  }
}

/** Of columns of numbers, as `writeBase` wants them. */
export const shapesOf = (columns: DatasetColumn[]) =>
  Object.fromEntries(columns.flatMap(({ name, shape }) => (shape ? [[name, shape]] : [])))

/** All changes of the base: the newest for each row. */
async function mergedChanges(
  { changes }: DatasetVersion,
  from: string,
  { store }: Pick<DataContext, 'store'>,
): Promise<string> {
  if (changes === null) return `(SELECT * FROM ${from})`
  const before = `read_parquet(${literal(await store.artifacts.file(changes))})`
  return `(SELECT * FROM ${before} WHERE ${row} NOT IN (SELECT ${row} FROM ${from})
           UNION ALL BY NAME SELECT * FROM ${from})`
}

async function putChanges(
  connection: DuckDBConnection,
  changes: string,
  { base, columns }: DatasetVersion,
  { store, folder }: Pick<DataContext, 'store' | 'folder'>,
): Promise<Pick<NewVersion, 'base' | 'changes' | 'bytes'>> {
  const file = path.join(folder.work, `${randomUUID()}.parquet`)
  const names = [rowColumn, ...columns.map(({ name }) => name), deletedColumn].map(quoted).join(', ')
  try {
    await connection.run(
      `COPY (SELECT ${names} FROM ${changes} AS changes ORDER BY ${row})
       TO ${literal(file)} ${parquetOptions(columns.length)}`,
    )
    const { name, bytes } = await store.artifacts.put(createReadStream(file))
    const { size } = await stat(await store.artifacts.file(base))
    return { base, changes: name, bytes: size + bytes }
  } finally {
    await rm(file, { force: true })
  }
}

/** Columns with what edited rows bring: missing values, further categories. Nothing is taken away without a look at all rows. */
async function widened(
  connection: DuckDBConnection,
  columns: DatasetColumn[],
  from: string,
): Promise<DatasetColumn[]> {
  const measures = columns.map(({ name, categories }) => {
    const at = quoted(name)
    const values = categories ? `list(DISTINCT ${at}) FILTER (WHERE ${at} IS NOT NULL)` : 'NULL'
    return `count(*) FILTER (WHERE ${at} IS NULL), ${values}`
  })
  const [found = []] = await readAll(
    connection,
    `SELECT ${measures.join(', ')} FROM ${from} WHERE NOT ${gone}`,
  )
  return columns.map((column, i) => {
    const nullable = column.nullable || Number(found[2 * i]) > 0
    const { categories, ...rest } = column
    if (!categories) return { ...rest, nullable }
    const fresh = ((found[2 * i + 1] as { items?: unknown[] } | null)?.items ?? []).map(String)
    const all = [...new Set([...categories, ...fresh])].sort()
    return { ...rest, nullable, ...(all.length <= maxCategories && { categories: all }) }
  })
}
