import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { RowFailure } from '../../../protocol/prediction-jobs'
import { type BatchFile, readRows } from '../rows/read-rows'

/** What came of a row. `input`: the record that was read, where it was asked for and could be read. */
export type ResultRow = {
  row: number
  input?: unknown
  prediction?: unknown
  error?: Omit<RowFailure, 'row'>
}

/** How many rows are handed on at once. */
const pieceRows = 500

/** A result's rows in order, in pieces. `bytes`: how much of the file counts. `batch`: read along for the records. */
export async function* resultRows(
  file: string,
  bytes: number,
  batch: BatchFile | undefined,
): AsyncGenerator<ResultRow[], void, void> {
  if (bytes === 0) return
  const inputs = batch && records(batch)
  const lines = createInterface({ input: createReadStream(file, { end: bytes - 1 }), crlfDelay: Infinity })
  let rows: ResultRow[] = []
  try {
    for await (const line of lines) {
      const { row, ...rest } = JSON.parse(line) as ResultRow
      if (inputs) {
        const { value, done } = await inputs.next()
        rows.push({ row, ...(!done && value !== undefined && { input: value }), ...rest })
      } else rows.push({ row, ...rest })
      if (rows.length < pieceRows) continue
      yield rows
      rows = []
    }
    if (rows.length > 0) yield rows
  } finally {
    lines.close()
    await inputs?.return()
  }
}

async function* records(batch: BatchFile): AsyncGenerator<unknown, void, void> {
  for await (const rows of readRows(batch))
    for (const row of rows) yield 'record' in row ? row.record : undefined
}
