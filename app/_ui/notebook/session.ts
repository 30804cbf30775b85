import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { restoredParts } from '../../../lib/notebook/restore'
import { type AskMethod, type AskParams, type AskResults, askTimeout } from '../../../lib/protocol/asks'
import type { CellProblems } from '../../../lib/protocol/language'
import { watchDocument } from './document-view'
import { createEventQueue } from './event-queue'
import type { Match } from './find/search'
import { watchGraph } from './graph/watch-graph'
import { withProblems } from './language/problems'
import { createPending } from './pending'
import { watchSections } from './sections'
import { createStore, type Store } from './store'
import { connect, type Sync } from './sync'
import { initialView, type View } from './view'
import { watchVisitors } from './visitors'

/** What a mounted editor offers to keys and links. */
export type EditorHandle = {
  focus(): void
  /** Scrolls to and selects a place, 1-based. */
  reveal(line: number, column: number): void
  /** UTF-16 offset of the cursor in the cell's text. */
  offset(): number
  setLineNumbers(on: boolean): void
  /** The selected text. */
  selection(): string
  /** Marks what was found. */
  mark(matches: readonly Match[], current: number | undefined): void
}

/** One open notebook page: the document, what is shown of it, and the line to the server. */
export type NotebookSession = {
  notebookId: string
  store: Store<View>
  document: Y.Doc
  awareness: Awareness
  /** Undoes what was done to cells as a whole: added, deleted, moved, split, merged, restored. Typing has its own. */
  history: Y.UndoManager
  editors: Map<string, EditorHandle>
  request: Sync['request']
  /** See `lib/protocol/asks`. Rejects with a `RequestError`. */
  ask<M extends AskMethod>(method: M, params: AskParams<M>): Promise<AskResults[M]>
  close(): void
}

export type Person = { id: string; name: string }

export function openSession(notebookId: string, title: string, person: Person): NotebookSession {
  const store = createStore<View>(initialView(title))
  const document = new Y.Doc()
  const awareness = new Awareness(document)
  awareness.setLocalStateField('user', { id: person.id, name: person.name })
  const history = new Y.UndoManager(restoredParts(document), { captureTimeout: 0 })
  const queue = createEventQueue(
    () => store.get().kernel,
    (kernel) => store.set({ kernel, asked: stillAsked(store.get(), kernel) }),
  )
  const graph = watchGraph(document, store)
  const unwatch = [
    watchDocument(document, (view) => store.set(view)),
    watchSections(document, (sections) => store.set(sections)),
    watchVisitors(awareness, person.id, (visitors) => store.set({ visitors })),
    graph.close,
  ]
  const tellProblems = (cells: readonly CellProblems[]) =>
    store.set({ problems: withProblems(store.get().problems, cells) })
  const ask: NotebookSession['ask'] = async (method, params) => {
    const { result } = await sync.request('notebook.ask', { method, params }, askTimeout(method) + 10_000)
    return result as AskResults[typeof method]
  }
  const sync = connect({
    notebookId,
    document,
    awareness,
    pending: createPending(window.localStorage, person.id, notebookId),
    position: () => (store.get().ready ? store.get().kernel.position : undefined),
    onStatus: (sync) => store.set({ sync }),
    onJoined({ title, role, host, kernel, analyses }) {
      if ('state' in kernel) {
        queue.drop()
        store.set({ kernel: kernel.state })
      } else {
        queue.push(kernel.events)
        queue.flush()
      }
      graph.begin(analyses)
      store.set({ title, role, host, ready: true, asked: {} })
      // What was found while the line was broken, or before this page came.
      ask('language.problems', {}).then(tellProblems, () => {})
    },
    onEvents: queue.push,
    onMessage: {
      'kernel.stats': (stats) => store.set({ stats }),
      'host.state': (host) => store.set({ host }),
      'notebook.renamed': ({ title }) => store.set({ title }),
      'notebook.revised': () => store.set({ revised: store.get().revised + 1 }),
      'notebook.analyses': graph.change,
      'packages.installing': ({ line }) => store.set({ installing: line }),
      'language.problems': tellProblems,
    },
  })
  return {
    notebookId,
    store,
    document,
    awareness,
    history,
    editors: new Map(),
    request: sync.request,
    ask,
    close() {
      sync.close()
      queue.drop()
      for (const end of unwatch) end()
      awareness.destroy()
      history.destroy()
      document.destroy()
    },
  }
}

/** The asked cells that the new state says nothing new of. */
function stillAsked(before: View, kernel: View['kernel']): View['asked'] {
  const ids = Object.keys(before.asked)
  const left = ids.filter((id) => kernel.cells[id]?.executionId === before.kernel.cells[id]?.executionId)
  return left.length === ids.length ? before.asked : Object.fromEntries(left.map((id) => [id, true as const]))
}
