import type * as Y from 'yjs'
import type { Database } from '../../lib/db'
import { toCells } from '../../lib/notebook/document'
import { indexCells } from '../../lib/notebooks/index-cells'

/** How long edits gather before search finds them. */
const gatherMs = 2_000

/** What search reads of the notebooks that are open follows their documents. */
export type SearchIndex = {
  /** Lives as long as the document. */
  watch(notebookId: string, document: Y.Doc): void
  /** Resolves once what was edited can be found. */
  settled(): Promise<void>
}

export function createSearchIndex(db: Database): SearchIndex {
  const watched = new WeakSet<Y.Doc>()
  const waiting = new Map<string, { document: Y.Doc; timer: NodeJS.Timeout }>()
  const writing = new Map<string, Promise<void>>()

  function write(notebookId: string, document: Y.Doc) {
    const cells = toCells(document)
    const before = writing.get(notebookId) ?? Promise.resolve()
    const written = before
      .then(() => indexCells(notebookId, cells, db))
      .catch((error) => console.error('a notebook cannot be searched as it is now:', error))
    writing.set(notebookId, written)
    void written.then(() => writing.get(notebookId) === written && writing.delete(notebookId))
  }

  function flush(notebookId: string) {
    const found = waiting.get(notebookId)
    if (!found) return
    clearTimeout(found.timer)
    waiting.delete(notebookId)
    write(notebookId, found.document)
  }

  function wait(notebookId: string, document: Y.Doc) {
    const found = waiting.get(notebookId)
    if (found) {
      // A notebook that was closed and opened again is another document.
      found.document = document
      return
    }
    const timer = setTimeout(() => flush(notebookId), gatherMs)
    timer.unref()
    waiting.set(notebookId, { document, timer })
  }

  return {
    watch(notebookId, document) {
      if (watched.has(document)) return
      watched.add(document)
      document.on('update', () => wait(notebookId, document))
      document.on('destroy', () => waiting.get(notebookId)?.document === document && flush(notebookId))
      // A killed process may have stored edits that it did not index.
      wait(notebookId, document)
    },
    async settled() {
      for (const notebookId of [...waiting.keys()]) flush(notebookId)
      await Promise.all(writing.values())
    },
  }
}
