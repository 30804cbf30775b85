import { and, eq } from 'drizzle-orm'
import { predictionRollups } from '../../drizzle/schema/monitoring'
import type { Database } from '../db'
import { type Counts, merge, quantiles } from '../monitoring/histogram'

/** A version's requests since it was made. Latencies in milliseconds, of those answered with predictions. */
export type RequestFigures = {
  requests: number
  records: number
  /** Answered with 500 or more. */
  errors: number
  /** Answered with 400 to 499. */
  refused: number
  p50: number | null
  p99: number | null
  /** The beginning of the hour of its last one. */
  lastHour: Date | null
}

/** Of the figures by hour: the log itself forgets. */
export async function requestFigures(
  db: Database,
  endpointId: string,
  versionId: string,
): Promise<RequestFigures> {
  const rows = await db
    .select({
      start: predictionRollups.start,
      requests: predictionRollups.requests,
      records: predictionRollups.records,
      errors: predictionRollups.errors,
      refused: predictionRollups.refused,
      latency: predictionRollups.latency,
    })
    .from(predictionRollups)
    .where(
      and(
        eq(predictionRollups.endpointId, endpointId),
        eq(predictionRollups.resolution, 'hour'),
        eq(predictionRollups.versionId, versionId),
      ),
    )
  const latency: Counts = {}
  for (const row of rows) merge(latency, row.latency)
  const sum = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + pick(row), 0)
  const [p50 = null, p99 = null] = quantiles(latency, [0.5, 0.99])
  return {
    requests: sum(({ requests }) => requests),
    records: sum(({ records }) => records),
    errors: sum(({ errors }) => errors),
    refused: sum(({ refused }) => refused),
    p50,
    p99,
    lastHour: rows.length > 0 ? new Date(Math.max(...rows.map(({ start }) => start.getTime()))) : null,
  }
}
