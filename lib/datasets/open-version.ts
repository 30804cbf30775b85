import type { DatasetColumn } from '../protocol/dataset'
import { type DataStore, dataStore } from './data-store'
import { versionById } from './find'

export type OpenedVersion = {
  /** One Parquet file on this machine, only to be read: `__row` first, then the columns, rows in their order. */
  file: string
  columns: DatasetColumn[]
  rows: number
  hash: string
}

/** A version as one file, whatever it is made of: where everything that computes with a data set begins. */
export async function openVersion(
  versionId: string,
  { db, artifacts, ask }: DataStore = dataStore(),
): Promise<OpenedVersion> {
  const { base, changes, columns, rows, hash } = await versionById(db, versionId)
  const file = changes === null ? await artifacts.file(base) : (await ask('whole', { versionId })).file
  return { file, columns, rows, hash }
}
