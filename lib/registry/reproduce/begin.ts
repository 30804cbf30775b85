import { and, eq } from 'drizzle-orm'
import { reproductions } from '../../../drizzle/schema/reproductions'
import { type Database, database } from '../../db'
import { RegistryError } from '../registry'
import { type ReproductionChannel, reproductionChannel } from './channel'
import { materialOf } from './material'

type Asked = { workspaceId: string; userId: string; endpoint: string; version: string }
type Place = { db?: Database; channel?: ReproductionChannel }

/**
 * Has a version's cells run again and what they promote compared with it. Rejects with `RegistryError`: no such version
 * (404), it cannot be reproduced or is being so already (409); with what the channel refuses with.
 */
export async function beginReproduction(
  { userId, ...asked }: Asked,
  { db = database(), channel }: Place = {},
): Promise<{ id: string }> {
  const { versionId, order } = await materialOf(db, asked)
  const [row] = await db
    .insert(reproductions)
    .values({ versionId, cells: order.cells.length, startedBy: userId, note: 'waits for its machine' })
    // There is one that runs.
    .onConflictDoNothing()
    .returning({ id: reproductions.id })
  if (!row)
    throw new RegistryError(409, 'running', 'it is being reproduced already; wait until that has ended')
  try {
    const { machineId } = await (channel ?? reproductionChannel()).begin({ ...order, reproductionId: row.id })
    await db.update(reproductions).set({ machineId }).where(eq(reproductions.id, row.id))
  } catch (error) {
    await db
      .delete(reproductions)
      .where(and(eq(reproductions.id, row.id), eq(reproductions.state, 'running')))
    throw error
  }
  return row
}
