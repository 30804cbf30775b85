import { and, asc, count, eq } from 'drizzle-orm'
import { users } from '../../drizzle/schema'
import { alertRules } from '../../drizzle/schema/alerts'
import type { Database } from '../db'
import type { AlertMetric, AlertRule } from '../protocol/alerts'
import { Refused } from '../refused'

export type RuleSummary = {
  id: string
  metric: AlertMetric
  threshold: number
  windowMinutes: number
  minRequests: number
  emails: string[]
  webhookUrl: string | null
  enabled: boolean
  createdBy: string | null
}

const maxRules = 20

/** An endpoint's rules, the oldest first. */
export const listRules = (db: Database, endpointId: string): Promise<RuleSummary[]> =>
  db
    .select({
      id: alertRules.id,
      metric: alertRules.metric,
      threshold: alertRules.threshold,
      windowMinutes: alertRules.windowMinutes,
      minRequests: alertRules.minRequests,
      emails: alertRules.emails,
      webhookUrl: alertRules.webhookUrl,
      enabled: alertRules.enabled,
      createdBy: users.name,
    })
    .from(alertRules)
    .leftJoin(users, eq(users.id, alertRules.createdBy))
    .where(eq(alertRules.endpointId, endpointId))
    .orderBy(asc(alertRules.createdAt), asc(alertRules.id))

/** Throws `Refused` 409 where the endpoint has 20 already. */
export async function createRule(db: Database, endpointId: string, userId: string, rule: AlertRule) {
  const [existing] = await db
    .select({ count: count() })
    .from(alertRules)
    .where(eq(alertRules.endpointId, endpointId))
  if (existing!.count >= maxRules)
    throw new Refused(409, 'too_many', `an endpoint has ${maxRules} alert rules at most; delete one first`)
  const [row] = await db
    .insert(alertRules)
    .values({ ...rule, endpointId, createdBy: userId })
    .returning({ id: alertRules.id })
  return { id: row!.id }
}

/** A rule that is off begins no episode; one that is open stays until the rule is on again. Throws `Refused` 404. */
export async function enableRule(db: Database, endpointId: string, id: string, enabled: boolean) {
  const [row] = await db
    .update(alertRules)
    .set({ enabled })
    .where(and(eq(alertRules.endpointId, endpointId), eq(alertRules.id, id)))
    .returning({ id: alertRules.id })
  if (!row) throw unknown(id)
}

/** With its episodes. Throws `Refused` 404. */
export async function deleteRule(db: Database, endpointId: string, id: string) {
  const [row] = await db
    .delete(alertRules)
    .where(and(eq(alertRules.endpointId, endpointId), eq(alertRules.id, id)))
    .returning({ id: alertRules.id })
  if (!row) throw unknown(id)
}

const unknown = (id: string) => new Refused(404, 'not_found', `no such alert rule: ${id.slice(0, 100)}`)
