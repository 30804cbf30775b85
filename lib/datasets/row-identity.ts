import { and, asc, eq, lte } from 'drizzle-orm'
import { datasetVersions } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import type { VersionOrigin } from '../protocol/dataset'

type Step = { number: number; parent: number | null; hash: string; origin: VersionOrigin }

/**
 * Whether rows of two versions of a data set with the same number are the same row: they were edited, not read from
 * another file.
 */
export async function haveSameRows(
  db: Queryable,
  datasetId: string,
  one: number,
  other: number,
): Promise<boolean> {
  const steps = await db
    .select({
      number: datasetVersions.number,
      parent: datasetVersions.parent,
      hash: datasetVersions.hash,
      origin: datasetVersions.origin,
    })
    .from(datasetVersions)
    .where(and(eq(datasetVersions.datasetId, datasetId), lte(datasetVersions.number, Math.max(one, other))))
    .orderBy(asc(datasetVersions.number))
  const files = filesOf(steps)
  return files.get(one) === files.get(other)
}

/** Of each version the one whose file its rows came with. `steps`: from the oldest. */
export function filesOf(steps: Step[]): Map<number, number> {
  const files = new Map<number, number>()
  const byHash = new Map<string, number>()
  for (const { number, parent, hash, origin } of steps) {
    const from = origin === 'edit' ? parent : origin === 'restore' ? byHash.get(hash) : undefined
    files.set(number, (from == null ? undefined : files.get(from)) ?? number)
    if (!byHash.has(hash)) byHash.set(hash, number)
  }
  return files
}
