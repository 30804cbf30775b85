import { eq } from 'drizzle-orm'
import { endpoints, modelVersions, notebooks } from '../../drizzle/schema'
import { datasets, datasetVersions } from '../../drizzle/schema/datasets'
import { reproductions } from '../../drizzle/schema/reproductions'
import { openVersion } from '../../lib/datasets/open-version'
import { readInNotebook } from '../../lib/datasets/read-in-notebook'
import { saveTable } from '../../lib/datasets/save-table'
import type { Database } from '../../lib/db'
import { enter } from '../../lib/door'
import type { DatasetFile, HostDataset, ReadVersion } from '../../lib/protocol/dataset-read'
import type { HostSave, SavedDataset } from '../../lib/protocol/dataset-save'
import { Refused } from '../../lib/refused'
import { runsOn } from '../../lib/registry/reproduce/news'
import { checkKernel } from './check-kernel'

type Machine = { id: string; name: string }

/** Which version of a data set a cell reads: for a machine that runs its kernel, and a person who may run it. */
export async function giveDataset(
  machine: Machine,
  { notebookId, userId, cellId, name, version }: HostDataset,
  db: Database,
): Promise<ReadVersion> {
  const workspaceId = await enterNotebook(machine, { notebookId, userId }, db)
  return readInNotebook(db, { workspaceId, notebookId, cellId, name, version })
}

/** A version of what a cell saves, which comes as a Parquet file. */
export async function saveDatasetOfCell(
  machine: Machine,
  { notebookId, userId, name, message, columns, query }: HostSave,
  bytes: AsyncIterable<Uint8Array>,
  place: Parameters<typeof saveTable>[2],
): Promise<SavedDataset> {
  const workspaceId = await enterNotebook(machine, { notebookId, userId }, place.db)
  const [notebook] = await place.db
    .select({ title: notebooks.title })
    .from(notebooks)
    .where(eq(notebooks.id, notebookId))
  const said = message || `from the notebook ${notebook?.title}`
  const actor = { kind: 'user', id: userId } as const
  return saveTable(
    bytes,
    { actor, userId, workspaceId, name, message: said, origin: query ? 'query' : 'notebook', columns },
    place,
  )
}

/** The file of a version that a kernel was given, on this machine. */
export async function datasetFileOf(
  machine: Machine,
  { versionId, ...who }: DatasetFile,
  db: Database,
): Promise<string> {
  const workspaceId =
    'reproductionId' in who
      ? await workspaceOfReproduction(machine.id, who.reproductionId, db)
      : await enterNotebook(machine, who, db)
  const [found] = await db
    .select({ workspaceId: datasets.workspaceId })
    .from(datasetVersions)
    .innerJoin(datasets, eq(datasets.id, datasetVersions.datasetId))
    .where(eq(datasetVersions.id, versionId))
  if (found?.workspaceId !== workspaceId)
    throw new Refused(404, 'not_found', 'there is no such version of a data set')
  return (await openVersion(versionId)).file
}

/** Of the version that this machine runs again. */
async function workspaceOfReproduction(machineId: string, reproductionId: string, db: Database) {
  const [row] = await db
    .select({ workspaceId: endpoints.workspaceId })
    .from(reproductions)
    .innerJoin(modelVersions, eq(modelVersions.id, reproductions.versionId))
    .innerJoin(endpoints, eq(endpoints.id, modelVersions.endpointId))
    .where(runsOn(machineId, reproductionId))
  if (!row) throw new Refused(409, 'ended', 'the reproduction has ended')
  return row.workspaceId
}

async function enterNotebook(
  machine: Machine,
  { notebookId, userId }: { notebookId: string; userId: string },
  db: Database,
) {
  await enter({ kind: 'machine', ...machine }, 'dataset.use', { notebookId }, db)
  const { workspaceId } = await enter({ kind: 'user', id: userId }, 'dataset.use', { notebookId }, db)
  await checkKernel(machine.id, notebookId, db)
  return workspaceId
}
