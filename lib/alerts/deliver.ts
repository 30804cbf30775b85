import { eq, sql } from 'drizzle-orm'
import { alertDeliveries } from '../../drizzle/schema/alerts'
import type { Database } from '../db'
import type { AlertMessage } from '../protocol/alerts'

/** Sends one message; rejects with why it was not taken. `id` is the same at every attempt. */
export type Send = (target: string, message: AlertMessage, id: string) => Promise<void>
export type Channels = Record<'mail' | 'webhook', (endpointId: string) => Send>

/** Minutes until the next attempt after each; after the last it has failed. */
const waits = [1, 5, 15, 60, 240, 720]
/** A message whose sender says nothing for so long is sent again, seconds. */
const claimSeconds = 120
const atOnce = 20

type Due = {
  id: string
  endpoint_id: string
  channel: 'mail' | 'webhook'
  target: string
  message: AlertMessage
  attempts: number
}

/** Sends what is due. After a sender was killed a message may come twice, never not at all. */
export async function deliverAlerts(db: Database, channels: Channels) {
  const due = await db.execute<Due>(sql`
    with due as (
      update alert_deliveries set next_at = now() + make_interval(secs => ${claimSeconds})
      where id in (
        select id from alert_deliveries where state = 'waiting' and next_at <= now()
        order by next_at limit ${atOnce} for update skip locked
      )
      returning id, episode_id, channel, target, message, attempts
    )
    select due.id, e.endpoint_id, due.channel, due.target, due.message, due.attempts
    from due join alert_episodes e on e.id = due.episode_id`)
  await Promise.all([...due].map((each) => deliver(db, channels, each)))
}

async function deliver(db: Database, channels: Channels, due: Due) {
  const { id, channel, target, message } = due
  const attempts = due.attempts + 1
  const keep = (values: Partial<typeof alertDeliveries.$inferInsert>) =>
    db
      .update(alertDeliveries)
      .set({ attempts, ...values })
      .where(eq(alertDeliveries.id, id))
  try {
    await channels[channel](due.endpoint_id)(target, message, id)
    await keep({ state: 'delivered', error: null })
  } catch (cause) {
    const wait = waits[attempts - 1]
    await keep({
      error: (cause as Error).message.slice(0, 500),
      ...(wait === undefined
        ? { state: 'failed' as const }
        : { nextAt: new Date(Date.now() + wait * 60_000) }),
    })
  }
}
