import type { Sql } from 'postgres'
import { storable } from '../serving/log-row'

/** One answer of a shadow. `output` is JSON text. */
export type ShadowRow = {
  shadowId: string
  requestId: string
  status: number
  latencyMs: number
  modelMs: number | null
  realStatus: number
  realLatencyMs: number
  records: number
  agreed: number | null
  difference: number | null
  output: string | null
  error: string | null
  sampled: boolean
  at: Date
}

const batchMs = 500
/** While the database is away; what comes then is counted as dropped. */
const maxWaiting = 10_000

/** What shadows answered and how many copies were let go, gathered so that nothing waits for the database. */
export function createShadowLog(sql: Sql, warn: (message: string, error?: unknown) => void) {
  let rows: ShadowRow[] = []
  let dropped = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const later = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      writing = writing.then(write)
    }, batchMs)
  }

  async function write() {
    const [taken, lost] = [rows, dropped]
    rows = []
    dropped = new Map()
    try {
      await sql.begin(async (tx) => {
        if (taken.length > 0)
          await tx`
            insert into shadow_predictions (shadow_id, request_id, status, latency_ms, model_ms, real_status,
              real_latency_ms, records, agreed, difference, output, error, sampled, created_at)
            select g.* from json_to_recordset(${`[${taken.map(jsonOf).join()}]`}::text::json) as g(shadow_id uuid,
              request_id uuid, status int, latency_ms float8, model_ms float8, real_status int,
              real_latency_ms float8, records int, agreed int, difference float8, output json, error text,
              sampled boolean, created_at timestamptz)
            join shadows s on s.id = g.shadow_id
            on conflict do nothing`
        for (const [id, count] of lost)
          await tx`update shadows set dropped = dropped + ${count} where id = ${id}`
      })
    } catch (error) {
      warn(`${taken.length} answers of shadows could not be written`, error)
    }
  }

  return {
    add(row: ShadowRow) {
      if (rows.length >= maxWaiting) return this.dropped(row.shadowId)
      rows.push(row)
      later()
    },
    dropped(shadowId: string) {
      dropped.set(shadowId, (dropped.get(shadowId) ?? 0) + 1)
      later()
    },
    async close() {
      clearTimeout(timer)
      await writing
      if (rows.length > 0 || dropped.size > 0) await write()
    },
  }
}
export type ShadowLog = ReturnType<typeof createShadowLog>

const jsonOf = ({ output, error, ...row }: ShadowRow) =>
  `${JSON.stringify({
    shadow_id: row.shadowId,
    request_id: row.requestId,
    status: row.status,
    latency_ms: row.latencyMs,
    model_ms: row.modelMs,
    real_status: row.realStatus,
    real_latency_ms: row.realLatencyMs,
    records: row.records,
    agreed: row.agreed,
    difference: row.difference,
    error: error?.replaceAll('\0', '') ?? null,
    sampled: row.sampled,
    created_at: row.at,
  }).slice(0, -1)},"output":${output === null ? null : storable(output)}}`
