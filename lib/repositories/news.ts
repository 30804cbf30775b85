import { and, eq, isNull, notInArray, or } from 'drizzle-orm'
import { pulls } from '../../drizzle/schema/repositories'
import type { Database } from '../db'
import type { PullNews } from '../protocol/repository'

/** Keeps how a pull goes, as told by the machine that it was given to. What has ended stays ended. */
export async function keepPullNews(db: Database, machineId: string, news: PullNews): Promise<void> {
  const { pullId, state, commit, tests, log, reason } = news
  const ended = state === 'done' || state === 'failed'
  await db
    .update(pulls)
    .set({
      state,
      machineId,
      heardAt: new Date(),
      ...(commit && { commit: storable(commit) }),
      ...(tests && { tests: storable(tests) }),
      ...(log !== undefined && { log: storable(log) }),
      ...(reason !== undefined && { reason: storable(reason) }),
      ...(ended && { endedAt: new Date() }),
    })
    .where(
      and(
        eq(pulls.id, pullId),
        // The first news may come before the answer to the order.
        or(isNull(pulls.machineId), eq(pulls.machineId, machineId)),
        notInArray(pulls.state, ['done', 'failed']),
      ),
    )
}

/** PostgreSQL's text has no U+0000, which a test may print. */
function storable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')) as T
}
