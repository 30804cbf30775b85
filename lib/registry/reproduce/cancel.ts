import { and, eq } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../../drizzle/schema'
import { reproductions } from '../../../drizzle/schema/reproductions'
import { type Database, database } from '../../db'
import { isUuid } from '../../uuid'
import { RegistryError } from '../registry'
import { type ReproductionChannel, reproductionChannel } from './channel'

type Asked = { workspaceId: string; endpoint: string; version: string; id: string }
type Place = { db?: Database; channel?: ReproductionChannel }

/** Ends one that runs; of one that has ended there is nothing to do. Rejects with `RegistryError` 404 where there is none. */
export async function cancelReproduction(
  { workspaceId, endpoint, version, id }: Asked,
  { db = database(), channel }: Place = {},
): Promise<void> {
  const [row] = isUuid(id)
    ? await db
        .select({ machineId: reproductions.machineId })
        .from(reproductions)
        .innerJoin(modelVersions, eq(modelVersions.id, reproductions.versionId))
        .innerJoin(endpoints, eq(endpoints.id, modelVersions.endpointId))
        .where(
          and(
            eq(reproductions.id, id),
            eq(endpoints.workspaceId, workspaceId),
            eq(endpoints.name, endpoint),
            eq(modelVersions.version, version),
          ),
        )
    : []
  if (!row) throw new RegistryError(404, 'no_reproduction', `there is no such reproduction: ${id}`)
  const ended = await db
    .update(reproductions)
    .set({ state: 'cancelled', note: 'it was cancelled', endedAt: new Date() })
    .where(and(eq(reproductions.id, id), eq(reproductions.state, 'running')))
    .returning({ id: reproductions.id })
  if (ended.length > 0 && row.machineId) await (channel ?? reproductionChannel()).cancel(row.machineId, id)
}
