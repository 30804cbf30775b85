import { csvFormatRow } from 'd3-dsv'
import type { ResultColumn } from './columns'
import type { ResultRow } from './result-rows'

type Pieces = AsyncIterable<ResultRow[]>

/** A result as CSV, with a line of names. */
export async function* resultCsv(columns: ResultColumn[], pieces: Pieces): AsyncGenerator<string> {
  yield `${csvFormatRow(columns.map(({ name }) => name))}\n`
  for await (const rows of pieces) {
    let text = ''
    for (const row of rows) text += `${csvFormatRow(columns.map(({ of }) => cellText(of(row))))}\n`
    yield text
  }
}

/** A result as JSON, a row in each line. */
export async function* resultNdjson(pieces: Pieces): AsyncGenerator<string> {
  for await (const rows of pieces) {
    let text = ''
    for (const row of rows) text += `${JSON.stringify(row)}\n`
    yield text
  }
}

/** Nothing for what is missing; JSON for what is no plain value. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
