import { and, eq, inArray } from 'drizzle-orm'
import { abTests, modelVersions } from '../../drizzle/schema'
import type { Database } from '../db'
import type { AbFigures, AbOutcome } from '../protocol/abtests'
import { RegistryError } from '../registry/registry'
import { changeStatus, makeProduction } from '../registry/status'
import { type Decision, decide } from './decide'
import { lockEndpoint, type Named } from './lock'
import { abFigures } from './results'

/**
 * Ends a test: the winner becomes `production`, the other versions `testing`; without one, the version in production
 * stays. `winner`: a person's choice in place of what was measured.
 */
export async function endAbTest(
  db: Database,
  { id, userId, winner, ...named }: Named & { id: string; userId: string; winner?: string },
): Promise<AbOutcome> {
  return db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, named)
    const [test] = await tx
      .select()
      .from(abTests)
      .where(and(eq(abTests.id, id), eq(abTests.endpointId, endpoint.id)))
    if (!test) throw new RegistryError(404, 'not_found', `no such A/B test: ${id}`)
    if (test.endedAt) throw new RegistryError(409, 'ended', 'this A/B test has ended already')
    const figures = await abFigures(tx, test)
    const decision = chosen(figures, winner) ?? decide(figures, test.minLabels)
    const control = test.variants[0]!.version
    const production = decision.winner ?? control
    const by = { endpointId: endpoint.id, userId }
    const ids = test.variants.map(({ versionId }) => versionId)
    const rows = await tx
      .select({ id: modelVersions.id, version: modelVersions.version, status: modelVersions.status })
      .from(modelVersions)
      .where(inArray(modelVersions.id, ids))
    for (const row of rows) {
      // One that a person moved elsewhere meanwhile stays there.
      if (row.version !== production && row.status === 'ab_testing')
        await changeStatus(tx, by, row, 'testing', 'its A/B test has ended')
    }
    const won = rows.find(({ version }) => version === production)
    if (won && production !== control) {
      await makeProduction(
        tx,
        { ...won, endpointId: endpoint.id },
        {
          userId,
          reason: `won its A/B test: ${decision.reason}`,
          chosen: true,
          before: 'testing',
        },
      )
    }
    const outcome: AbOutcome = { figures, ...decision, production }
    await tx.update(abTests).set({ endedAt: new Date(), endedBy: userId, outcome }).where(eq(abTests.id, id))
    return outcome
  })
}

function chosen(figures: AbFigures[], winner: string | undefined): Decision | undefined {
  if (winner === undefined) return undefined
  if (!figures.some(({ version }) => version === winner))
    throw new RegistryError(422, 'no_variant', `this version does not take part: ${winner}`)
  return { winner, reason: 'chosen by a person' }
}
