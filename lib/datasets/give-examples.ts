import { and, eq, notExists, sql } from 'drizzle-orm'
import { workspaces } from '../../drizzle/schema'
import { exampleDatasets, givenDatasets } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import { Refused } from '../refused'
import { createDataset } from './create-version'

/** Gives each workspace, or one, the examples that it has not been given before. Resolves to how many it gave. */
export async function giveExamples(db: Queryable, workspaceId?: string): Promise<number> {
  const missing = await db
    .select({ workspaceId: workspaces.id, example: exampleDatasets })
    .from(workspaces)
    .innerJoin(exampleDatasets, sql`true`)
    .where(
      and(
        workspaceId === undefined ? undefined : eq(workspaces.id, workspaceId),
        notExists(
          db
            .select({ one: sql`1` })
            .from(givenDatasets)
            .where(
              and(eq(givenDatasets.workspaceId, workspaces.id), eq(givenDatasets.name, exampleDatasets.name)),
            ),
        ),
      ),
    )
  for (const { workspaceId, example } of missing) await give(db, workspaceId, example)
  return missing.length
}

async function give(db: Queryable, workspaceId: string, example: typeof exampleDatasets.$inferSelect) {
  const { name, description, base, columns, rows, bytes } = example
  await db.transaction(async (tx) => {
    const [first] = await tx
      .insert(givenDatasets)
      .values({ workspaceId, name })
      .onConflictDoNothing()
      .returning({ name: givenDatasets.name })
    // Another process gives it at this moment.
    if (!first) return
    const version = {
      base,
      columns,
      rows,
      bytes,
      origin: 'example',
      rowsAdded: rows,
      rowsChanged: 0,
      rowsDeleted: 0,
      createdBy: null,
    } as const
    await createDataset({ workspaceId, name, description, version }, tx).catch((error) => {
      // Somebody has one of this name already, and keeps it.
      if (!(error instanceof Refused)) throw error
    })
  })
}
