import type * as Y from 'yjs'
import {
  cellAttributes,
  cellIds,
  cellKind,
  cellSource,
  type SharedCell,
  sharedCells,
} from '../../lib/notebook/document'
import { readSettings } from '../../lib/notebook/settings'
import type { CellProblems, LanguageCell } from '../../lib/protocol/language'
import { Refused } from '../../lib/refused'
import type { Host, Hosts } from './hosts'

/** How long edits are gathered before the host hears of them: types follow typing, letter by letter is too often. */
const gatherMs = 30

/** Tells hosts the texts of the notebooks that people have open, for types across their cells. */
export type Language = {
  /** A page has joined. Each call is answered by one `close`. */
  open(notebookId: string, document: Y.Doc): void
  close(notebookId: string): void
  /** Before an ask: the host knows the cells as they are now. */
  ready(notebookId: string, host: Host): void
  /** Where the notebook does not run cells with type errors: refuses these cells if one has some. */
  refuse(notebookId: string, cellIds: readonly string[]): Promise<void>
  /** Hosts came or went: each notebook's cells go to the one that it has now. */
  moved(): void
}

type Entry = {
  document: Y.Doc
  pages: number
  /** Who knows the cells; another connection of the same machine is another host. */
  host: Host | undefined
  changed: Set<string>
  timer: NodeJS.Timeout | undefined
  unwatch(): void
}

export function createLanguage(hosts: Pick<Hosts, 'of' | 'pick'>): Language {
  const entries = new Map<string, Entry>()

  function send(notebookId: string, entry: Entry, host = hosts.of(notebookId) ?? hosts.pick()) {
    clearTimeout(entry.timer)
    entry.timer = undefined
    const whole = host !== entry.host
    if (whole) entry.host?.tell('language.close', { notebookId })
    entry.host = host
    const changed = [...entry.changed]
    entry.changed.clear()
    if (!host || (!whole && changed.length === 0)) return
    const cells = sharedCells(entry.document)
    const order = cellIds(entry.document).filter((id) => isTyped(cells.get(id)!))
    const told = whole ? order : changed.filter((id) => cells.has(id) && isTyped(cells.get(id)!))
    host.tell('language.cells', {
      notebookId,
      whole,
      order,
      changed: told.map((id) => toLanguageCell(id, cells.get(id)!)),
    })
  }

  function watch(notebookId: string, document: Y.Doc): Entry {
    const cells = sharedCells(document)
    const onChange = (events: { path: unknown[]; changes: { keys: Map<string, unknown> } }[]) => {
      for (const { path, changes } of events)
        for (const id of path.length > 0 ? [String(path[0])] : changes.keys.keys()) entry.changed.add(id)
      entry.timer ??= setTimeout(() => send(notebookId, entry), gatherMs)
    }
    cells.observeDeep(onChange)
    const entry: Entry = {
      document,
      pages: 0,
      host: undefined,
      changed: new Set(),
      timer: undefined,
      unwatch: () => cells.unobserveDeep(onChange),
    }
    return entry
  }

  return {
    open(notebookId, document) {
      const entry = entries.get(notebookId) ?? watch(notebookId, document)
      entries.set(notebookId, entry)
      if (entry.pages++ === 0) send(notebookId, entry)
    },
    close(notebookId) {
      const entry = entries.get(notebookId)
      if (!entry || --entry.pages > 0) return
      entries.delete(notebookId)
      clearTimeout(entry.timer)
      entry.unwatch()
      entry.host?.tell('language.close', { notebookId })
    },
    ready(notebookId, host) {
      const entry = entries.get(notebookId)
      if (entry && (entry.host !== host || entry.changed.size > 0)) send(notebookId, entry, host)
    },
    async refuse(notebookId, ids) {
      const entry = entries.get(notebookId)
      if (!entry || !readSettings(entry.document).typeErrorsBlock) return
      const host = entry.host
      if (!host) return
      send(notebookId, entry, host)
      const { result } = await host.ask('notebook.ask', {
        notebookId,
        userId: '',
        method: 'language.check',
        params: { cellIds: [...ids] },
      })
      const order = cellIds(entry.document)
      for (const { cellId, problems } of result as CellProblems[]) {
        const error = problems.find(({ severity }) => severity === 'error')
        if (error)
          throw new Refused(
            409,
            'type_errors',
            `cell ${order.indexOf(cellId) + 1} has a type error in line ${error.range.start.line + 1}, and this notebook does not run those; correct it, or switch that off in the list of problems: ${error.message}`,
          )
      }
    },
    moved() {
      for (const [notebookId, entry] of entries)
        if (entry.host !== (hosts.of(notebookId) ?? hosts.pick())) send(notebookId, entry)
    },
  }
}

const isTyped = (cell: SharedCell) => cellKind(cell) !== 'markdown'

function toLanguageCell(id: string, cell: SharedCell): LanguageCell {
  const source = cellSource(cell).toString()
  if (cellKind(cell) !== 'sql') return { id, kind: 'code', source }
  const { result } = cellAttributes(cell)
  return { id, kind: 'sql', source, ...(result !== undefined && { result }) }
}
