import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { datasets } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import { Refused } from '../refused'
import { datasetName } from './name'

export const datasetChange = z.object({
  name: datasetName.optional(),
  description: z.string().trim().max(2000).optional(),
})

/** Gives a data set another name or description. Refuses a name that is taken (409). */
export async function changeDataset(
  { id, name: before }: { id: string; name: string },
  { name = before, description }: z.infer<typeof datasetChange>,
  db: Queryable,
): Promise<{ name: string }> {
  try {
    await db
      .update(datasets)
      .set({ name, updatedAt: sql`now()`, ...(description !== undefined && { description }) })
      .where(eq(datasets.id, id))
  } catch (error) {
    // Drizzle's own error has PostgreSQL's as its cause.
    if ((error as { cause?: { code?: string } }).cause?.code !== '23505') throw error
    const problem = 'there is a data set of this name; choose another'
    throw new Refused(409, 'name_taken', `${problem}: ${name}`, { name: problem })
  }
  return { name }
}
