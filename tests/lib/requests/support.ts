import type { Connection } from '../../../lib/db'
import { createLog } from '../../../lib/serving/log'
import type { LogRow } from '../../../lib/serving/log-row'
import { newRequestId } from '../../../lib/serving/request-id'

/** What every row of a test has, unless it says otherwise. */
export type Base = Pick<LogRow, 'workspaceId' | 'endpointId' | 'versionId'>

/** An answered request, as the gateway logs it. */
export const logged = (base: Base, at: string, more: Partial<LogRow> = {}): LogRow => ({
  version: '1.0.0',
  tokenId: null,
  requestId: newRequestId(Date.parse(at)),
  status: 200,
  records: 1,
  latencyMs: 10,
  batchWaitMs: 1,
  queueMs: 2,
  modelMs: 5,
  batchRequests: 1,
  input: '{"x":1}',
  output: '[2]',
  error: null,
  truncated: false,
  sampled: true,
  abTestId: null,
  at: new Date(at),
  ...base,
  ...more,
})

/** Writes rows by the log's own way. */
export async function writeLog({ sql }: Connection, rows: LogRow[]) {
  const log = createLog(sql, (message, error) => {
    throw new Error(message, { cause: error })
  })
  for (const row of rows) log.add(row)
  await log.close()
}
