import { and, eq, sql } from 'drizzle-orm'
import { kernelEvents, memberships, notebooks } from '../../drizzle/schema'
import { runPoints, runs } from '../../drizzle/schema/experiments'
import type { Database, Transaction } from '../db'
import type { KernelEvent } from '../protocol/events'
import { tracking } from '../protocol/limits'
import type { Tracked, TrackedRun } from '../protocol/tracking'
import { newestHolding } from '../revisions/holding'
import { summarize } from './summary'

export type TrackedEvent = Extract<KernelEvent, { type: 'tracked' }>

/** Where a run was recorded, and for whom. */
export type RunOrigin = {
  notebookId: string
  epoch: number
  cellId: string
  executionId: string
  userId: string
}

/**
 * Keeps what the cells of a notebook recorded, in one transaction. What is kept already changes nothing, so that a
 * repeated delivery is harmless. Events of a notebook that was deleted are dropped.
 */
export async function recordTracked(notebookId: string, events: TrackedEvent[], db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { epoch, cellId, executionId, userId, news } of events) {
      const origin = { notebookId, epoch, cellId, executionId, userId }
      if (await beginRun(tx, origin, news.run)) await keepNews(tx, origin, news)
    }
  })
}

/** Makes the run's row unless it is there. False where its notebook is gone. */
export async function beginRun(tx: Transaction, origin: RunOrigin, run: TrackedRun): Promise<boolean> {
  const { notebookId, epoch, cellId, executionId, userId } = origin
  const [known] = await tx.select({ notebookId: runs.notebookId }).from(runs).where(eq(runs.id, run.id))
  // A kernel makes ids up: it cannot add to runs of other notebooks.
  if (known) return known.notebookId === notebookId
  const [place] = await tx
    .select({ workspaceId: notebooks.workspaceId, member: memberships.userId })
    .from(notebooks)
    .leftJoin(
      memberships,
      and(eq(memberships.workspaceId, notebooks.workspaceId), sql`${memberships.userId}::text = ${userId}`),
    )
    .where(eq(notebooks.id, notebookId))
  if (!place) return false
  await tx
    .insert(runs)
    .values({
      id: run.id,
      workspaceId: place.workspaceId,
      notebookId,
      epoch,
      cellId,
      executionId,
      name: run.name,
      environment: run.environment,
      createdBy: place.member,
      startedAt: new Date(run.startedAt),
    })
    .onConflictDoNothing()
  return true
}

async function keepNews(tx: Transaction, origin: RunOrigin, { run, params, tags, points, end }: Tracked) {
  if (!params && !tags && !points && !end) return
  const [row] = await tx.select().from(runs).where(eq(runs.id, run.id)).for('update')
  if (!row) return
  const metrics = { ...row.metrics }
  for (const [name, added] of Object.entries(points ?? {})) {
    if (!metrics[name] && Object.keys(metrics).length >= tracking.metrics) continue
    metrics[name] = summarize(metrics[name], added)
    await insertPoints(tx, run.id, name, added)
  }
  await tx
    .update(runs)
    .set({
      ...(points && { metrics }),
      ...(params && { params: firstEntries({ ...row.params, ...params }) }),
      ...(tags && { tags: [...new Set([...row.tags, ...tags])].slice(0, tracking.tags) }),
      ...(end && { state: end.state, endedAt: new Date(end.at), revisionId: revisionOf(origin) }),
    })
    .where(eq(runs.id, run.id))
}

/** As `$1::jsonb`, since a statement takes 65,535 parameters at most. */
const insertPoints = (
  tx: Transaction,
  runId: string,
  metric: string,
  points: NonNullable<Tracked['points']>[string],
) =>
  tx.execute(sql`
    insert into ${runPoints} (run_id, metric, index, step, value, at)
    select ${runId}::uuid, ${metric}, (p->>0)::int, (p->>1)::float8, (p->>2)::float8,
      to_timestamp((p->>3)::float8 / 1000)
    from jsonb_array_elements(${JSON.stringify(points)}::text::jsonb) p
    on conflict do nothing`)

const firstEntries = <T>(values: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).slice(0, tracking.params))

/** The text that ran stands in the event that queued it. */
const revisionOf = ({ notebookId, cellId, executionId }: RunOrigin) =>
  newestHolding(
    notebookId,
    cellId,
    sql`(select event->'asked'->>'source' from ${kernelEvents} where notebook_id = ${notebookId}
      and execution_id = ${executionId} and event->>'state' = 'queued' limit 1)`,
  )

/** A kernel's life is over: what it did not finish never will be. */
export async function endRuns(notebookId: string, epoch: number, db: Database) {
  await db
    .update(runs)
    .set({ state: 'interrupted', endedAt: sql`now()` })
    .where(and(eq(runs.notebookId, notebookId), eq(runs.epoch, epoch), eq(runs.state, 'running')))
}
