import { and, desc, eq, ne } from 'drizzle-orm'
import { z } from 'zod'
import { webhookDeliveries } from '../../drizzle/schema/prediction-jobs'
import { database } from '../db'
import type { DeliveryAttempt, DeliveryState } from '../protocol/webhooks'
import { Refused } from '../refused'

export type DeliverySummary = {
  id: string
  jobId: string
  url: string
  state: DeliveryState
  attempts: DeliveryAttempt[]
  /** Of one that waits: when it is sent next. */
  nextAt: Date
  createdAt: Date
}

const shown = 50

/** Newest first, at most 50. */
export const listDeliveries = (endpointId: string, db = database()): Promise<DeliverySummary[]> =>
  db
    .select({
      id: webhookDeliveries.id,
      jobId: webhookDeliveries.jobId,
      url: webhookDeliveries.url,
      state: webhookDeliveries.state,
      attempts: webhookDeliveries.attempts,
      nextAt: webhookDeliveries.nextAt,
      createdAt: webhookDeliveries.createdAt,
    })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.endpointId, endpointId))
    .orderBy(desc(webhookDeliveries.createdAt))
    .limit(shown)

/** Sends a report that was not taken again, now. Throws `Refused` 404 where there is none. */
export async function sendAgain(endpointId: string, id: string, db = database()): Promise<void> {
  const none = () => new Refused(404, 'not_found', `no report that can be sent again: ${id}`)
  if (!z.uuid().safeParse(id).success) throw none()
  const [row] = await db
    .update(webhookDeliveries)
    .set({ state: 'waiting', nextAt: new Date() })
    .where(
      and(
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.endpointId, endpointId),
        ne(webhookDeliveries.state, 'delivered'),
      ),
    )
    .returning({ id: webhookDeliveries.id })
  if (!row) throw none()
}
