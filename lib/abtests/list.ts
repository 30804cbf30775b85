import { desc, eq } from 'drizzle-orm'
import { abTests, users } from '../../drizzle/schema'
import type { Database } from '../db'
import type { AbFigures } from '../protocol/abtests'
import { type Decision, decide } from './decide'
import { createLabelCounter } from './labels'
import { abFigures } from './results'

export type AbTestSummary = {
  id: string
  createdAt: Date
  createdBy: string | null
  endedAt: Date | null
  stickyHeader: string
  minLabels: number
  figures: AbFigures[]
  /** Of one that runs: what ending it now would give. */
  decision: Decision
}

const shown = 20

/** Of this process: its pages ask every few seconds. */
const countLive = createLabelCounter()

/** An endpoint's tests, newest first, at most 20; the running one with its live figures. */
export async function listAbTests(db: Database, endpointId: string): Promise<AbTestSummary[]> {
  const rows = await db
    .select({ test: abTests, createdBy: users.name })
    .from(abTests)
    .leftJoin(users, eq(users.id, abTests.createdBy))
    .where(eq(abTests.endpointId, endpointId))
    .orderBy(desc(abTests.createdAt))
    .limit(shown)
  return Promise.all(
    rows.map(async ({ test, createdBy }) => {
      const { id, createdAt, endedAt, stickyHeader, minLabels, outcome } = test
      const figures = outcome?.figures ?? (await abFigures(db, test, countLive))
      const decision = outcome ?? decide(figures, minLabels)
      const { winner, reason } = decision
      return {
        id,
        createdAt,
        createdBy,
        endedAt,
        stickyHeader,
        minLabels,
        figures,
        decision: { winner, reason },
      }
    }),
  )
}
