import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Database } from '../../lib/db'
import { cellKind, sharedCells } from '../../lib/notebook/document'
import { appendUpdates, compactUpdates, type DocumentUpdate, loadDocument } from '../../lib/notebooks/updates'
import { Refused } from '../../lib/refused'
import { createCommits } from './commits'

/** More rows than this are replaced by one. */
const compactAfter = 500
/** How long a document that nobody has open stays in memory. */
const idleMs = 30_000

export type OpenDocument = {
  document: Y.Doc
  awareness: Awareness
  /** Applies an update at once, or throws; resolves after its commit. */
  apply(update: Uint8Array, userId: string): Promise<void>
  /** Resolves once the document holds all that a state vector names. Rejects after `ms`. */
  reaches(stateVector: Uint8Array, ms: number): Promise<void>
  release(): void
}

export type Documents = {
  /** Each call is answered by one `release`. */
  open(notebookId: string): Promise<OpenDocument>
  /** Forgets a deleted notebook. */
  forget(notebookId: string): void
  /** After everything that was applied is committed. */
  close(): Promise<void>
}

type Loaded = { document: Y.Doc; awareness: Awareness; rows: number }
type Entry = { loading: Promise<Loaded>; users: number; idle?: NodeJS.Timeout }

/** The notebooks' documents that people have open. `onDeleted` is told of cells that were deleted or became text. */
export function createDocuments(
  db: Database,
  onDeleted: (notebookId: string, cellId: string) => void,
): Documents {
  const documents = new Map<string, Entry>()
  const commits = createCommits<DocumentUpdate>((updates) => appendUpdates(updates, db))

  async function load(notebookId: string): Promise<Loaded> {
    const { document, updates } = await loadDocument(notebookId, db)
    const awareness = new Awareness(document)
    awareness.setLocalState(null)
    const cells = sharedCells(document)
    cells.observeDeep((events) => {
      for (const { path, changes } of events)
        for (const [key, { action }] of changes.keys) {
          if (path.length === 0 && action === 'delete') onDeleted(notebookId, key)
          // Its names go as if it were gone.
          const cellId = String(path[0])
          if (path.length === 1 && key === 'kind' && cellKind(cells.get(cellId)!) === 'markdown')
            onDeleted(notebookId, cellId)
        }
    })
    return { document, awareness, rows: updates }
  }

  function drop(notebookId: string, entry: Entry, { awareness, document }: Loaded) {
    clearTimeout(entry.idle)
    if (documents.get(notebookId) === entry) documents.delete(notebookId)
    awareness.destroy()
    document.destroy()
  }

  function release(notebookId: string, entry: Entry, loaded: Loaded) {
    if (--entry.users > 0) return
    entry.idle = setTimeout(async () => {
      await commits.settled()
      if (entry.users === 0) drop(notebookId, entry, loaded)
    }, idleMs)
    entry.idle.unref()
  }

  function apply(notebookId: string, loaded: Loaded, data: Uint8Array, userId: string): Promise<void> {
    // First: an update that cannot be applied must not be stored.
    try {
      Y.applyUpdate(loaded.document, data, { userId })
    } catch (cause) {
      throw new Refused(400, 'bad_update', `not a Yjs update: ${(cause as Error).message}`)
    }
    return commit(notebookId, loaded, data, userId)
  }

  async function commit(notebookId: string, loaded: Loaded, data: Uint8Array, userId: string) {
    await commits.add({ notebookId, data, userId })
    if (++loaded.rows <= compactAfter) return
    loaded.rows = 1
    // A failure costs nothing but the rows; the next time will do.
    compactUpdates(notebookId, db).catch((error) => console.error('a document was not compacted:', error))
  }

  return {
    async open(notebookId) {
      const entry = documents.get(notebookId) ?? { loading: load(notebookId), users: 0 }
      documents.set(notebookId, entry)
      // Counted at once, so that it is not dropped while it loads: two documents of one notebook would part.
      entry.users++
      clearTimeout(entry.idle)
      const loaded = await entry.loading.catch((error) => {
        if (documents.get(notebookId) === entry) documents.delete(notebookId)
        throw error
      })
      let released = false
      return {
        document: loaded.document,
        awareness: loaded.awareness,
        apply: (update, userId) => apply(notebookId, loaded, update, userId),
        reaches: (stateVector, ms) => reaches(loaded.document, stateVector, ms),
        release() {
          if (released) return
          released = true
          release(notebookId, entry, loaded)
        },
      }
    },
    forget(notebookId) {
      documents.delete(notebookId)
    },
    async close() {
      await commits.settled()
      for (const [notebookId, entry] of documents) drop(notebookId, entry, await entry.loading)
    },
  }
}

/** Whether a document holds all that a state vector names. */
function holds(document: Y.Doc, wanted: Map<number, number>) {
  for (const [client, clock] of wanted) if (Y.getState(document.store, client) < clock) return false
  return true
}

function reaches(document: Y.Doc, stateVector: Uint8Array, ms: number): Promise<void> {
  const wanted = decode(stateVector)
  if (holds(document, wanted)) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const onUpdate = () => holds(document, wanted) && end(resolve)
    const late = () =>
      end(() => reject(new Refused(409, 'behind', 'your last edits have not arrived here; try again')))
    const timer = setTimeout(late, ms)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      document.off('update', onUpdate)
      settle()
    }
    document.on('update', onUpdate)
  })
}

function decode(stateVector: Uint8Array) {
  try {
    return Y.decodeStateVector(stateVector)
  } catch (cause) {
    throw new Refused(400, 'bad_state_vector', `not a Yjs state vector: ${(cause as Error).message}`)
  }
}
