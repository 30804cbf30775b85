import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { checkValue } from '../../../lib/datasets/edit/check-value'
import type { DatasetEdits } from '../../../lib/datasets/edit/edits'
import type { DatasetColumn, DatasetValue } from '../../../lib/protocol/dataset'
import { Refused } from '../../../lib/refused'
import { storedTypes } from '../column-sql'
import { literal } from '../duck'

/** Edits as a Parquet file: `row`, `deed` (`change`, `delete`, `add`), and per column `value<i>` and `is_set<i>`. */
export type StagedEdits = {
  /** What stands behind FROM. */
  from: string
  /** Places of the columns that some edit sets; only these stand in the file. */
  set: number[]
  /** Of all rows that are in the version already; undefined where there is none. */
  span: { first: number; last: number } | undefined
  /** Identities that the added rows have got. */
  added: number
}

/**
 * Writes edits where DuckDB reads them, checked against the columns that they are for. New rows are numbered from
 * `nextRow` on. The caller removes `folder`.
 */
export async function stageEdits(
  connection: DuckDBConnection,
  { changed, deleted, added }: DatasetEdits,
  columns: DatasetColumn[],
  nextRow: number,
  folder: string,
): Promise<StagedEdits> {
  const places = new Map(columns.map(({ name }, i) => [name, i]))
  const set = new Set<number>()
  const values = (row: string, given: Record<string, DatasetValue>) =>
    Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => {
        const place = places.get(name)
        if (place === undefined)
          throw new Refused(422, 'no_column', `there is no such column any more: ${name}`)
        const problem = checkValue(value, columns[place]!)
        if (problem) throw new Refused(422, 'misfit', `${problem}: ${name} of ${row}: ${shown(value)}`)
        set.add(place)
        return [
          [`value${place}`, value === null ? null : textOf(value)],
          [`is_set${place}`, true],
        ]
      }),
    )
  const lines = [
    ...changed.map(({ row, values: given }) => ({ row, deed: 'change', ...values(`row ${row + 1}`, given) })),
    ...deleted.map((row) => ({ row, deed: 'delete' })),
    ...added.map((given, i) => ({ row: nextRow + i, deed: 'add', ...values(`new row ${i + 1}`, given) })),
  ]
  if (lines.length === 0) throw new Refused(422, 'no_change', 'nothing was changed')
  const all = [...set].sort((a, b) => a - b)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const text = path.join(folder, 'edits.ndjson')
  const file = path.join(folder, 'edits.parquet')
  const written = lines.map((line) => JSON.stringify(line))
  await writeFile(text, written.join('\n'))
  // DuckDB takes twice as much for each of its threads.
  const longest = written.reduce((longest, line) => Math.max(longest, Buffer.byteLength(line)), 0)
  const kinds = [
    "row: 'BIGINT'",
    "deed: 'VARCHAR'",
    ...all.flatMap((i) => [`value${i}: 'VARCHAR'`, `is_set${i}: 'BOOLEAN'`]),
  ]
  const typed = all.flatMap((i) => [
    `CAST(value${i} AS ${storedTypes[columns[i]!.type]}) AS value${i}`,
    `coalesce(is_set${i}, false) AS is_set${i}`,
  ])
  await connection.run(
    `COPY (SELECT ${['row', 'deed', ...typed].join(', ')}
       FROM read_json(${literal(text)}, format = 'newline_delimited', columns = {${kinds.join(', ')}},
         maximum_object_size = ${longest + 65_536}))
     TO ${literal(file)} (FORMAT parquet)`,
  )
  const rows = [...changed.map(({ row }) => row), ...deleted]
  return {
    from: `read_parquet(${literal(file)})`,
    set: all,
    span:
      rows.length === 0
        ? undefined
        : { first: rows.reduce((a, b) => Math.min(a, b)), last: rows.reduce((a, b) => Math.max(a, b)) },
    added: added.length,
  }
}

/** As DuckDB reads it. */
function textOf(value: Exclude<DatasetValue, null>): string {
  if (Array.isArray(value)) return `[${value.join(', ')}]`
  return String(value)
}

const shown = (value: DatasetValue) => JSON.stringify(value).slice(0, 100)
