import { and, eq, inArray, sql } from 'drizzle-orm'
import { runPoints, runs } from '../../drizzle/schema/experiments'
import type { Database } from '../db'
import type { Curve } from '../protocol/runs'
import type { TrackedNumber } from '../protocol/tracking'

/** Points of one curve that are drawn; of longer ones every n-th, and the last. */
const drawn = 1000

/** A metric of several runs of a workspace, by run. */
export async function readCurves(
  db: Database,
  workspaceId: string,
  runIds: string[],
  metric: string,
): Promise<Record<string, Curve>> {
  if (runIds.length === 0) return {}
  const counts = await db
    .select({ runId: runPoints.runId, count: sql<number>`max(${runPoints.index}) + 1` })
    .from(runPoints)
    .innerJoin(runs, eq(runs.id, runPoints.runId))
    .where(
      and(eq(runs.workspaceId, workspaceId), inArray(runPoints.runId, runIds), eq(runPoints.metric, metric)),
    )
    .groupBy(runPoints.runId)
  const curves: Record<string, Curve> = {}
  for (const { runId, count } of counts) {
    const every = Math.ceil(Number(count) / drawn)
    const points = await db
      .select({ step: runPoints.step, value: runPoints.value })
      .from(runPoints)
      .where(
        and(
          eq(runPoints.runId, runId),
          eq(runPoints.metric, metric),
          sql`(${runPoints.index} % ${every} = 0 or ${runPoints.index} = ${Number(count) - 1})`,
        ),
      )
      .orderBy(runPoints.index)
    curves[runId] = points.map(({ step, value }) => [step, tracked(value)])
  }
  return curves
}

const tracked = (value: number): TrackedNumber =>
  Number.isFinite(value) ? value : (String(value) as TrackedNumber)
