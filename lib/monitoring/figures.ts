import { and, asc, eq, gte } from 'drizzle-orm'
import { predictionRollups } from '../../drizzle/schema/monitoring'
import type { Database } from '../db'
import { compareVersions } from '../registry/versions'
import { type Counts, merge, quantiles } from './histogram'
import { type Range, ranges } from './ranges'

/** How a step or a whole range went. Latencies in milliseconds, null where nothing was measured. */
export type Figures = {
  requests: number
  /** Answered with 500 or more. */
  errors: number
  /** Answered with 400 to 499. */
  refused: number
  p50: number | null
  p95: number | null
  p99: number | null
  /** Before the model: waiting for company, on the way, in queues. */
  waitP50: number | null
  waitP95: number | null
  modelP50: number | null
  modelP95: number | null
  /** Requests that shared a model call, on average over the calls. */
  batch: number | null
}
export type Point = Figures & { at: number }
/** `version`: null for all together. */
export type Series = { version: string | null; total: Figures; points: Point[] }

export type Monitoring = {
  range: Range
  stepMs: number
  /** All together first, then each version that was asked, the newest first. */
  series: Series[]
}

type Row = typeof predictionRollups.$inferSelect
type Sum = Pick<Row, 'requests' | 'errors' | 'refused' | 'latency' | 'wait' | 'model' | 'batches'>

/** An endpoint's figures over a range that ends now. */
export async function monitoringOf(
  db: Database,
  endpointId: string,
  range: Range,
  now = Date.now(),
): Promise<Monitoring> {
  const { spanMs, stepMs, resolution } = ranges[range]
  // Whole steps: a step cut in half would look like a fall.
  const from = Math.floor((now - spanMs) / stepMs) * stepMs + stepMs
  const rows = await db
    .select()
    .from(predictionRollups)
    .where(
      and(
        eq(predictionRollups.endpointId, endpointId),
        eq(predictionRollups.resolution, resolution),
        gte(predictionRollups.start, new Date(from)),
      ),
    )
    .orderBy(asc(predictionRollups.start))
  const versions = [...new Set(rows.map(({ version }) => version))].sort((a, b) => compareVersions(b, a))
  const starts = Array.from({ length: Math.floor((now - from) / stepMs) + 1 }, (_, i) => from + i * stepMs)
  return {
    range,
    stepMs,
    series: [null, ...versions].map((version) =>
      seriesOf(
        version,
        version === null ? rows : rows.filter((row) => row.version === version),
        starts,
        stepMs,
      ),
    ),
  }
}

function seriesOf(version: string | null, rows: Row[], starts: number[], stepMs: number): Series {
  const steps = new Map(starts.map((at) => [at, nothing()]))
  const all = nothing()
  for (const row of rows) {
    const step = steps.get(Math.floor(row.start.getTime() / stepMs) * stepMs)
    if (step) add(step, row)
    add(all, row)
  }
  return {
    version,
    total: figuresOf(all),
    points: [...steps].map(([at, sum]) => ({ at, ...figuresOf(sum) })),
  }
}

/** A sum before the first row. */
export const nothing = (): Sum => ({
  requests: 0,
  errors: 0,
  refused: 0,
  latency: {},
  wait: {},
  model: {},
  batches: {},
})

/** Adds one row's figures to a sum. */
export function add(sum: Sum, row: Sum) {
  sum.requests += row.requests
  sum.errors += row.errors
  sum.refused += row.refused
  for (const name of ['latency', 'wait', 'model', 'batches'] as const) merge(sum[name], row[name])
}

/** A sum as people read it. */
export function figuresOf({ requests, errors, refused, latency, wait, model, batches }: Sum): Figures {
  const [p50, p95, p99] = quantiles(latency, [0.5, 0.95, 0.99]) as [
    number | null,
    number | null,
    number | null,
  ]
  const [waitP50, waitP95] = quantiles(wait, [0.5, 0.95]) as [number | null, number | null]
  const [modelP50, modelP95] = quantiles(model, [0.5, 0.95]) as [number | null, number | null]
  return {
    requests,
    errors,
    refused,
    p50,
    p95,
    p99,
    waitP50,
    waitP95,
    modelP50,
    modelP95,
    batch: meanBatch(batches),
  }
}

/** `batches` counts requests; a call that n of them shared is counted n times. */
function meanBatch(batches: Counts): number | null {
  let requests = 0
  let calls = 0
  for (const [size, count] of Object.entries(batches)) {
    requests += count
    calls += count / Number(size)
  }
  return calls === 0 ? null : requests / calls
}
