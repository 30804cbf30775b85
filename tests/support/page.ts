import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { connect } from '../../app/_ui/notebook/sync'
import type { SyncStatus } from '../../app/_ui/notebook/sync-status'
import type { Person } from '../../bench/client'
import { insertCell, sharedCells } from '../../lib/notebook/document'
import { applyEvent, type CellState, emptyState, type NotebookState } from '../../lib/notebook/state'
import type { KernelEvent } from '../../lib/protocol/events'

const ended = new Set(['done', 'failed', 'interrupted', 'cancelled'])
const nothingKept = { adopt: () => undefined, keep: () => {}, clear: () => {} }

export type Page = ReturnType<typeof openPage>

/** A notebook's page without a browser: the page's own line to the server, which comes back after a break. */
export function openPage(person: Person, notebookId: string) {
  const document = new Y.Doc()
  const awareness = new Awareness(document)
  let state = emptyState()
  let joined = false
  let status: SyncStatus | undefined
  const watchers = new Set<() => void>()
  const changed = () => {
    for (const look of [...watchers]) look()
  }
  const take = (events: KernelEvent[]) => {
    state = events.reduce(applyEvent, state)
    changed()
  }
  const sync = connect({
    url: person.origin,
    headers: { cookie: person.cookie(), origin: person.origin },
    notebookId,
    document,
    awareness,
    pending: nothingKept,
    position: () => (joined ? state.position : undefined),
    onStatus(next) {
      status = next
      changed()
    },
    onJoined({ kernel }) {
      joined = true
      if ('state' in kernel) state = kernel.state
      else take(kernel.events)
      changed()
    },
    onEvents: take,
    onMessage: {
      'kernel.stats': () => {},
      'host.state': () => {},
      'notebook.renamed': () => {},
      'notebook.revised': () => {},
      'notebook.analyses': () => {},
      'packages.installing': () => {},
      'language.problems': () => {},
    },
  })

  /** Resolves with what is shown, as soon as `wanted` is true of it. */
  function sees(wanted: (state: NotebookState) => boolean, ms = 45_000): Promise<NotebookState> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(look)
        reject(new Error(`not seen within ${ms} ms; the page shows: ${JSON.stringify(state).slice(-2000)}`))
      }, ms)
      const look = () => {
        if (!joined || !wanted(state)) return
        clearTimeout(timer)
        watchers.delete(look)
        resolve(state)
      }
      watchers.add(look)
      look()
    })
  }
  const saved = () => sees(() => status?.state === 'saved' && status.kept === 0)

  return {
    notebookId,
    document,
    sees,
    saved,
    state: () => state,
    request: sync.request,
    /** Adds a cell at the end, saved or not. */
    type: (source: string) => insertCell(document, sharedCells(document).size, 'code', source),
    /** Asks for an execution and resolves with its id, before its end. */
    async begin(cellId: string) {
      await saved()
      const stateVector = Y.encodeStateVector(document)
      const { executions } = await sync.request('kernel.execute', { cellIds: [cellId], stateVector })
      return executions.find((execution) => execution.cellId === cellId)!.executionId
    },
    /** Adds a cell, executes it, and resolves with its state after the end. */
    async execute(source: string, ms = 60_000): Promise<CellState> {
      const cellId = this.type(source)
      const executionId = await this.begin(cellId)
      const after = await sees(({ cells }) => {
        const cell = cells[cellId]
        return cell?.executionId === executionId && ended.has(cell.state)
      }, ms)
      return after.cells[cellId]!
    },
    /** What the last expression of a cell gave, as text. */
    async value(source: string, ms = 60_000): Promise<unknown> {
      const { outputs } = await this.execute(source, ms)
      const last = outputs.at(-1)
      return last?.output_type === 'execute_result' ? last.data['text/plain'] : last
    },
    close() {
      sync.close()
      awareness.destroy()
    },
  }
}

/** Creates a notebook and opens its page. */
export async function newPage(person: Person, title = 'test'): Promise<Page> {
  const created = await person.request('/api/notebooks', person.json({ title }))
  const { id } = (await created.json()) as { id: string }
  const page = openPage(person, id)
  await page.saved()
  return page
}

/** The text a cell's streams show, head and tail. */
export const printed = (cell: CellState | undefined) =>
  (cell?.outputs ?? [])
    .map((output) => (output.output_type === 'stream' ? output.text + (output.tail ?? '') : ''))
    .join('')
