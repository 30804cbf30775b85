import type { ArtifactStore } from '../artifacts'
import type { Database } from '../db'
import type { AskData } from './questions'

/** Where data sets are: described in the database, held by the artifact store, computed with by the process `data`. */
export type DataStore = { db: Database; artifacts: ArtifactStore; ask: AskData }

const shared = globalThis as typeof globalThis & { cellarDataStore?: DataStore }

/** Sets the store of this process. */
export function setDataStore(store: DataStore) {
  shared.cellarDataStore = store
}

/** The store of this process. */
export function dataStore(): DataStore {
  if (!shared.cellarDataStore)
    throw new Error('no data store in this process: call setDataStore at its start')
  return shared.cellarDataStore
}
