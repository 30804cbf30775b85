import { and, desc, eq, inArray, lt, notInArray } from 'drizzle-orm'
import { users } from '../../drizzle/schema'
import { pulls, type repositories } from '../../drizzle/schema/repositories'
import { type Database, database } from '../db'
import type { PulledCommit, PullState, TestResult } from '../protocol/repository'
import { Refused } from '../refused'
import { type PullChannel, pullChannel } from './channel'

export type PullDetail = {
  id: string
  trigger: 'person' | 'webhook'
  state: PullState
  commit: PulledCommit | null
  tests: TestResult[] | null
  log: string | null
  reason: string | null
  promoted: { endpoint: string; version: string }[]
  by: string | null
  createdAt: Date
  endedAt: Date | null
}

const over = ['done', 'failed'] as const
const shown = 20
/** A machine tells of each pull once a minute. Milliseconds. */
const silentMs = 10 * 60_000

/** Has a repository pulled. Refuses 409 while a pull of it is under way, 503 where no machine is connected. */
export async function beginPull(
  repository: Pick<typeof repositories.$inferSelect, 'id' | 'address' | 'branch' | 'commit' | 'path'>,
  { trigger, userId }: { trigger: 'person' | 'webhook'; userId: string },
  { db = database(), channel = pullChannel() }: { db?: Database; channel?: PullChannel } = {},
): Promise<{ id: string }> {
  const { id: repositoryId, address, branch, commit, path } = repository
  const [running] = await db
    .select({ id: pulls.id })
    .from(pulls)
    .where(and(eq(pulls.repositoryId, repositoryId), notInArray(pulls.state, [...over])))
    .limit(1)
  if (running) throw new Refused(409, 'running', 'a pull of it is under way; wait until it has ended')
  const [row] = await db.insert(pulls).values({ repositoryId, trigger, userId }).returning({ id: pulls.id })
  const pullId = row!.id
  try {
    const { machineId } = await channel({ pullId, address, branch, commit, path })
    await db.update(pulls).set({ machineId }).where(eq(pulls.id, pullId))
  } catch (error) {
    await db.delete(pulls).where(eq(pulls.id, pullId))
    throw error
  }
  return { id: pullId }
}

/** Newest first, at most 20. */
export async function listPulls(repositoryId: string, db: Database = database()): Promise<PullDetail[]> {
  return db
    .select({
      id: pulls.id,
      trigger: pulls.trigger,
      state: pulls.state,
      commit: pulls.commit,
      tests: pulls.tests,
      log: pulls.log,
      reason: pulls.reason,
      promoted: pulls.promoted,
      by: users.name,
      createdAt: pulls.createdAt,
      endedAt: pulls.endedAt,
    })
    .from(pulls)
    .leftJoin(users, eq(users.id, pulls.userId))
    .where(eq(pulls.repositoryId, repositoryId))
    .orderBy(desc(pulls.createdAt))
    .limit(shown)
}

/** Ends pulls that no machine speaks of any more. Resolves to how many there were. */
export async function endSilentPulls(db: Database, now = Date.now()): Promise<number> {
  const rows = await db
    .update(pulls)
    .set({
      state: 'failed',
      reason: 'the machine that pulled it was not heard of again; pull once more',
      endedAt: new Date(now),
    })
    .where(
      and(
        inArray(pulls.state, ['waiting', 'fetching', 'testing', 'running']),
        lt(pulls.heardAt, new Date(now - silentMs)),
      ),
    )
    .returning({ id: pulls.id })
  return rows.length
}
