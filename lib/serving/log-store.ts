import type { Sql, TransactionSql } from 'postgres'
import { rollUp, storeRollups } from '../monitoring/rollup'
import { copyRow, jsonRow, type LogRow } from './log-row'

/** Columns of `predictions` that a row fills, in the order of `LogRow`. */
const columns = {
  request_id: 'uuid',
  workspace_id: 'uuid',
  endpoint_id: 'uuid',
  version_id: 'uuid',
  version: 'text',
  token_id: 'text',
  status: 'int',
  records: 'int',
  latency_ms: 'float8',
  batch_wait_ms: 'float8',
  queue_ms: 'float8',
  model_ms: 'float8',
  batch_requests: 'int',
  input: 'json',
  output: 'json',
  error: 'text',
  truncated: 'boolean',
  sampled: 'boolean',
  ab_test_id: 'uuid',
  created_at: 'timestamptz',
}
const names = Object.keys(columns).join(', ')
const typed = Object.entries(columns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')

/**
 * Writes rows and what they add to the figures: both or neither, so that a second attempt counts nothing twice. The
 * quickest way, which refuses all rows when it refuses one.
 */
export async function copyRows(sql: Sql, rows: LogRow[]) {
  await sql.begin(async (tx) => {
    await copyIn(tx, rows.map(copyRow).join(''))
    await storeRollups(tx, rollUp(rows))
  })
}

/** The same, at three times the cost; rows that are there already are left out and counted by nobody. */
export async function insertRows(sql: Sql, rows: LogRow[]) {
  await sql.begin(async (tx) => {
    const inserted = await tx.unsafe<{ request_id: string }[]>(
      `insert into predictions (${names}) select ${names} from json_to_recordset($1::text::json) as given(${typed})
       on conflict do nothing returning request_id`,
      [`[${rows.map(jsonRow).join()}]`],
    )
    const ids = new Set(inserted.map((row) => row.request_id))
    if (ids.size > 0) await storeRollups(tx, rollUp(rows.filter(({ requestId }) => ids.has(requestId))))
  })
}

/**
 * Of a copy that the server refuses at its end postgres.js (3.4.9) says nothing: the stream's `finish` never comes. The
 * next statement of the transaction does, with SQLSTATE 25P02.
 */
async function copyIn(tx: TransactionSql, text: string) {
  const stream = await tx.unsafe(`copy predictions (${names}) from stdin`).writable()
  // A broken connection fails the statement below, too.
  stream.on('error', () => {})
  await new Promise((written) => stream.write(text, written))
  stream.end()
  // The stream tells the server of its end in the next tick; no statement may come before that.
  await new Promise((done) => setImmediate(done))
  await tx`select 1`
}
