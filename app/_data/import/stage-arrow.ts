import { readFile, stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type Column, tableFromIPC } from '@uwdata/flechette'
import { Refused } from '../../../lib/refused'
import { stageJson } from './stage-json'
import type { Staged } from './staged'
import { writeText } from './write-text'

/** Arrow is read whole, since its dictionaries may stand anywhere before they are used. */
const maxBytes = 512 * 2 ** 20

/** Reads an Arrow IPC file or stream, by way of JSON: DuckDB's own reader is an extension that is not with it. */
export async function stageArrow(
  connection: DuckDBConnection,
  source: string,
  text: string,
  target: string,
): Promise<Pick<Staged, 'rows' | 'columns' | 'notices'>> {
  const { size } = await stat(source)
  if (size > maxBytes)
    throw new Refused(
      413,
      'too_large',
      `an Arrow file may have ${maxBytes} bytes at most; save it as Parquet: ${size}`,
    )
  const table = await read(source)
  if (table.numRows === 0) throw new Refused(422, 'no_rows', 'the file has no row')
  await writeText(text, lines(table))
  return stageJson(connection, text, target)
}

async function read(source: string) {
  try {
    return tableFromIPC(await readFile(source), { useDate: true, useDecimalInt: false })
  } catch (cause) {
    throw new Refused(
      422,
      'damaged',
      `the Arrow file is damaged or was cut short: ${(cause as Error).message}`,
    )
  }
}

function* lines({ names, children, numRows }: ReturnType<typeof tableFromIPC>) {
  const keys = names.map((name) => JSON.stringify(String(name)))
  for (let row = 0; row < numRows; row++)
    yield `{${children.map((column: Column<unknown>, i) => `${keys[i]}:${json(column.at(row))}`).join(',')}}\n`
}

function json(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (ArrayBuffer.isView(value)) return JSON.stringify([...(value as Float64Array)])
  // A date without a time is one, so that its type is found.
  if (value instanceof Date) return JSON.stringify(value.toISOString().replace(/T00:00:00\.000Z$/, ''))
  return JSON.stringify(value ?? null, (_, inner) => (typeof inner === 'bigint' ? Number(inner) : inner))
}
