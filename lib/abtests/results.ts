import { and, eq } from 'drizzle-orm'
import { predictionRollups } from '../../drizzle/schema/monitoring'
import type { Queryable } from '../db'
import { add, figuresOf, nothing } from '../monitoring/figures'
import type { AbFigures } from '../protocol/abtests'
import { wilson } from './interval'
import { countLabels, type Labelled } from './labels'
import type { Tally } from './tally'

/** What is known of a test's versions by now, in the order of its variants. `count`: how its labels are counted. */
export async function abFigures(
  db: Queryable,
  test: Labelled,
  count: (db: Queryable, test: Labelled) => Promise<Tally> = countLabels,
): Promise<AbFigures[]> {
  const rows = await db
    .select()
    .from(predictionRollups)
    .where(and(eq(predictionRollups.abTestId, test.id), eq(predictionRollups.resolution, 'hour')))
  const tally = await count(db, test)
  return test.variants.map(({ versionId, version, weight }) => {
    const sum = nothing()
    for (const row of rows) if (row.versionId === versionId) add(sum, row)
    const { requests, errors, p50, p99 } = figuresOf(sum)
    const { labels, right, p } = tally.of(versionId)
    return {
      version,
      weight,
      requests,
      errors,
      p50,
      p99,
      labels,
      right,
      accuracy: wilson(right, labels) ?? null,
      p,
    }
  })
}
