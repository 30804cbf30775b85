import { type Actor, enter } from '../door'
import type { KnownColumn, SavedDataset } from '../protocol/dataset-save'
import { Refused } from '../refused'
import { findDataset, versionById } from './find'
import { type ImportPlace, importStream } from './import-stream'
import { datasetName } from './name'

export type SaveTable = {
  /** Who must be allowed to, and in whose name it is done. */
  actor: Actor
  userId: string
  workspaceId: string
  name: string
  message: string
  origin: 'notebook' | 'query'
  /** Of the file, in its order. */
  columns: KnownColumn[]
}

/**
 * Makes a version of a table that comes as a Parquet file: the next of the data set of this name, or the first of a new
 * one. Older versions stay, so it is made of whichever is the newest then. `origin`: Cellar's own address.
 */
export async function saveTable(
  bytes: AsyncIterable<Uint8Array>,
  { actor, workspaceId, name: asked, columns, ...save }: SaveTable,
  place: ImportPlace & { origin: string },
): Promise<SavedDataset> {
  const { success, data: name, error } = datasetName.safeParse(asked)
  if (!success) {
    const { message } = error.issues[0]!
    throw new Refused(400, 'bad_name', `not a name of a data set, ${message}: ${asked}`, { name: message })
  }
  const known = await findDataset(place.db, workspaceId, name)
  if (known) await enter(actor, 'dataset.write', { datasetId: known.id }, place.db)
  else await enter(actor, 'dataset.create', { workspaceId }, place.db)
  const { version } = await importStream(
    bytes,
    {
      ...save,
      workspaceId,
      file: `${name}.parquet`,
      options: {},
      known: columns,
      leaveOutRejected: false,
      misfitsAsMissing: false,
      target: known ? { datasetId: known.id, parent: null } : { name, description: '' },
    },
    place,
  )
  const { rows } = await versionById(place.db, version.id)
  return {
    name,
    version: version.number,
    rows,
    hash: version.hash,
    page: `${place.origin}/data/${name}`,
  }
}
