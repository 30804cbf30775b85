import { memberships, workspaces } from '../../drizzle/schema'
import { giveExamples } from '../datasets/give-examples'
import type { Queryable } from '../db'
import { insertNotebook } from '../notebooks/create'
import type { Example } from './examples'

/** A person's own workspace with the example notebooks and data sets in it. */
export async function createPersonalWorkspace(
  { userId, name, examples }: { userId: string; name: string; examples: Example[] },
  db: Queryable,
): Promise<{ id: string }> {
  const [workspace] = await db
    .insert(workspaces)
    .values({ name, kind: 'personal' })
    .returning({ id: workspaces.id })
  const { id } = workspace!
  await db.insert(memberships).values({ workspaceId: id, userId, role: 'owner' })
  for (const { file, text, title, cells, events } of examples) {
    await insertNotebook({ workspaceId: id, userId, title, cells, example: file, file: text, events }, db)
  }
  await giveExamples(db, id)
  return { id }
}
