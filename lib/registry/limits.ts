import { eq } from 'drizzle-orm'
import { endpointLimits } from '../../drizzle/schema/limits'
import type { Database } from '../db'
import { type EndpointLimits, noLimits } from '../serving/limits'

/** An endpoint's own limits. */
export async function readLimits(db: Database, endpointId: string): Promise<EndpointLimits> {
  const { batchSize, maxWaiting, deadlineMs, concurrency } = endpointLimits
  const [row] = await db
    .select({ batchSize, maxWaiting, deadlineMs, concurrency })
    .from(endpointLimits)
    .where(eq(endpointLimits.endpointId, endpointId))
  return row ?? noLimits
}

/** They count for requests within a second. */
export async function saveLimits(db: Database, endpointId: string, limits: EndpointLimits) {
  await db
    .insert(endpointLimits)
    .values({ endpointId, ...limits })
    .onConflictDoUpdate({ target: endpointLimits.endpointId, set: limits })
}
