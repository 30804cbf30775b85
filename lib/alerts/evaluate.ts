import { and, eq, isNull } from 'drizzle-orm'
import { endpoints } from '../../drizzle/schema'
import { alertDeliveries, alertEpisodes, alertRules } from '../../drizzle/schema/alerts'
import type { Database, Transaction } from '../db'
import type { AlertMessage, AlertPhase } from '../protocol/alerts'
import { type Measured, measure, type Rule } from './measure'

/**
 * Looks at every rule: what is broken begins an episode unless one is open, and what is known to hold again ends it. Each
 * is one transaction with its messages, so that an alert is told once, whatever ends when. Where too little is known
 * nothing changes: silence is no recovery.
 */
export async function evaluateAlerts(db: Database, origin: string, now = new Date()) {
  const rules = await db
    .select({ rule: alertRules, endpoint: endpoints.name })
    .from(alertRules)
    .innerJoin(endpoints, eq(endpoints.id, alertRules.endpointId))
    .where(eq(alertRules.enabled, true))
  for (const { rule, endpoint } of rules) {
    const measured = await measure(db, rule, now)
    if (measured) await settle(db, rule, measured, { endpoint, origin, now })
  }
}

type About = { endpoint: string; origin: string; now: Date }

function settle(db: Database, rule: Rule, measured: Measured, about: About) {
  return db.transaction(async (tx) => {
    // Two web processes look at the same rule one after another.
    const [locked] = await tx
      .select({ id: alertRules.id })
      .from(alertRules)
      .where(and(eq(alertRules.id, rule.id), eq(alertRules.enabled, true)))
      .for('update')
    if (!locked) return
    const [open] = await tx
      .select({ id: alertEpisodes.id })
      .from(alertEpisodes)
      .where(and(eq(alertEpisodes.ruleId, rule.id), isNull(alertEpisodes.endedAt)))
    const { endpoint, origin, now } = about
    const message = (phase: AlertPhase): AlertMessage => ({
      endpoint,
      metric: rule.metric,
      phase,
      value: measured.value,
      threshold: rule.threshold,
      summary: `${endpoint}: ${phase === 'ended' ? 'over; ' : ''}${measured.what}`,
      page: `${origin}/endpoints/${endpoint}/monitoring`,
      at: now.toISOString(),
    })
    if (measured.broken && !open) {
      const [episode] = await tx
        .insert(alertEpisodes)
        .values({
          ruleId: rule.id,
          endpointId: rule.endpointId,
          metric: rule.metric,
          summary: measured.what,
          beganAt: now,
        })
        .returning({ id: alertEpisodes.id })
      await tell(tx, rule, episode!.id, message('began'))
    } else if (!measured.broken && open) {
      await tx.update(alertEpisodes).set({ endedAt: now }).where(eq(alertEpisodes.id, open.id))
      await tell(tx, rule, open.id, message('ended'))
    }
  })
}

async function tell(tx: Transaction, rule: Rule, episodeId: string, message: AlertMessage) {
  const targets = [
    ...rule.emails.map((target) => ({ channel: 'mail' as const, target })),
    ...(rule.webhookUrl === null ? [] : [{ channel: 'webhook' as const, target: rule.webhookUrl }]),
  ]
  if (targets.length > 0)
    await tx
      .insert(alertDeliveries)
      .values(targets.map((target) => ({ ...target, episodeId, phase: message.phase, message })))
}
