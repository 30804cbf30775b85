import { and, desc, eq, gte } from 'drizzle-orm'
import { modelVersions } from '../../drizzle/schema'
import type { alertRules } from '../../drizzle/schema/alerts'
import { driftChecks } from '../../drizzle/schema/drift'
import { predictionRollups } from '../../drizzle/schema/monitoring'
import type { Database } from '../db'
import { type Counts, merge, quantiles } from '../monitoring/histogram'

export type Rule = typeof alertRules.$inferSelect

/** `value`: in the rule's own unit; of drift the number of drifted fields. `what`: said in the alert's sentence. */
export type Measured = { value: number; broken: boolean; what: string }

/** How an endpoint stands with a rule; undefined where too little is known to say. */
export const measure = (db: Database, rule: Rule, now: Date): Promise<Measured | undefined> =>
  rule.metric === 'drift' ? measureDrift(db, rule) : measureRequests(db, rule, now)

async function measureRequests(db: Database, rule: Rule, now: Date): Promise<Measured | undefined> {
  const { endpointId, metric, threshold, windowMinutes, minRequests } = rule
  const rows = await db
    .select({
      requests: predictionRollups.requests,
      errors: predictionRollups.errors,
      latency: predictionRollups.latency,
    })
    .from(predictionRollups)
    .where(
      and(
        eq(predictionRollups.endpointId, endpointId),
        eq(predictionRollups.resolution, 'minute'),
        gte(predictionRollups.start, new Date(now.getTime() - windowMinutes * 60_000)),
      ),
    )
  const requests = rows.reduce((sum, row) => sum + row.requests, 0)
  if (requests < minRequests) return
  const within = `in ${windowMinutes === 1 ? 'a minute' : `${windowMinutes} minutes`}`
  if (metric === 'error_rate') {
    const errors = rows.reduce((sum, row) => sum + row.errors, 0)
    const value = errors / requests
    return {
      value,
      broken: value > threshold,
      what: `${percent(value)} of ${requests} requests failed ${within} (limit ${percent(threshold)})`,
    }
  }
  const latency: Counts = {}
  for (const row of rows) merge(latency, row.latency)
  const [value] = quantiles(latency, [metric === 'latency_p95' ? 0.95 : 0.99])
  if (value == null) return
  const name = metric === 'latency_p95' ? 'p95' : 'p99'
  return {
    value,
    broken: value > threshold,
    what: `the ${name} of the latency of ${requests} requests ${within} is ${ms(value)} (limit ${ms(threshold)})`,
  }
}

/** Of the version in production, as it was compared last. */
async function measureDrift(db: Database, { endpointId }: Rule): Promise<Measured | undefined> {
  const [check] = await db
    .select({ fields: driftChecks.fields, records: driftChecks.records, version: driftChecks.version })
    .from(driftChecks)
    .innerJoin(modelVersions, eq(modelVersions.id, driftChecks.versionId))
    .where(and(eq(driftChecks.endpointId, endpointId), eq(modelVersions.status, 'production')))
    .orderBy(desc(driftChecks.at))
    .limit(1)
  if (!check) return
  const drifted = check.fields.filter((field) => field.drifted).map(({ side, path }) => `${side} ${path}`)
  const { length } = drifted
  return {
    value: length,
    broken: length > 0,
    what:
      length === 0
        ? `the newest ${check.records} records of version ${check.version} are like its training data`
        : `the newest ${check.records} records of version ${check.version} differ from its training data in ${drifted.slice(0, 5).join(', ')}${length > 5 ? ` and ${length - 5} more` : ''}`,
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const ms = (value: number) =>
  value < 1000 ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : `${(value / 1000).toFixed(1)} s`
