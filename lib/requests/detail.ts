import { and, eq } from 'drizzle-orm'
import { apiTokens, feedback, predictions } from '../../drizzle/schema'
import type { Database } from '../db'

/** All that is known of one request. */
export type RequestDetail = NonNullable<Awaited<ReturnType<typeof requestDetail>>>

/** Undefined where the endpoint has no such request. */
export async function requestDetail(db: Database, endpointId: string, requestId: string) {
  const [row] = await db
    .select({
      requestId: predictions.requestId,
      createdAt: predictions.createdAt,
      version: predictions.version,
      status: predictions.status,
      records: predictions.records,
      latencyMs: predictions.latencyMs,
      batchWaitMs: predictions.batchWaitMs,
      queueMs: predictions.queueMs,
      modelMs: predictions.modelMs,
      batchRequests: predictions.batchRequests,
      key: apiTokens.name,
      input: predictions.input,
      output: predictions.output,
      error: predictions.error,
      truncated: predictions.truncated,
      sampled: predictions.sampled,
      truth: feedback.truth,
      right: feedback.right,
      labelledAt: feedback.createdAt,
    })
    .from(predictions)
    .leftJoin(apiTokens, eq(apiTokens.id, predictions.tokenId))
    .leftJoin(feedback, eq(feedback.requestId, predictions.requestId))
    .where(and(eq(predictions.endpointId, endpointId), eq(predictions.requestId, requestId)))
  return row
}
