import { and, eq, isNull, or } from 'drizzle-orm'
import { reproductions } from '../../../drizzle/schema/reproductions'
import type { Database } from '../../db'
import type { ReproductionNews } from '../../protocol/reproduction'

/** Of the machine that it was given to. Its first news may come before the answer to the order. */
export const runsOn = (machineId: string, reproductionId: string) =>
  and(
    eq(reproductions.id, reproductionId),
    eq(reproductions.state, 'running'),
    or(isNull(reproductions.machineId), eq(reproductions.machineId, machineId)),
  )

/** Keeps how a reproduction goes, as told by its machine. What has ended stays ended. */
export async function keepReproductionNews(
  db: Database,
  machineId: string,
  { reproductionId, note, cellsDone, changed, failed }: ReproductionNews,
): Promise<void> {
  await db
    .update(reproductions)
    .set({
      machineId,
      note: storable(note),
      // A host that comes back after its end knows no more of what was done.
      ...(cellsDone > 0 && { cellsDone }),
      heardAt: new Date(),
      ...(changed && { changed: changed.map(storable) }),
      ...(failed && {
        state: 'failed' as const,
        trace: failed.trace === null ? null : storable(failed.trace),
        endedAt: new Date(),
      }),
    })
    .where(runsOn(machineId, reproductionId))
}

/** PostgreSQL's text has no U+0000, which an error may hold. */
const storable = (text: string) => text.replaceAll('\0', '')
