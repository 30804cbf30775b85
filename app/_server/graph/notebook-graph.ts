import type * as Y from 'yjs'
import {
  cellAttributes,
  cellIds,
  cellKind,
  type SharedCell,
  sharedCells,
  toCell,
} from '../../../lib/notebook/document'
import { executedText } from '../../../lib/notebook/executed-text'
import { analyse, isExecuted } from '../../../lib/notebook/graph/analyse'
import { type Analysis, noNames } from '../../../lib/notebook/graph/analysis'
import { createGraph, type Graph } from '../../../lib/notebook/graph/graph'
import { createPlanner, type Planner } from '../../../lib/notebook/graph/plan'
import type { NodeCell } from '../../../lib/notebook/graph/validity'
import type { NotebookState } from '../../../lib/notebook/state'

/** What a page needs to know of cells' names to draw the graph itself; null for a cell that is no node any more. */
export type AnalysesChange = Record<string, Analysis | null>

/** One open notebook's graph, kept as its document changes. */
export type NotebookGraph = {
  /** What is known by now. */
  analyses(): Record<string, Analysis>
  /** Over the document as it is now. */
  planner(state: NotebookState): Planner
  /** Whether a cell's present text can be understood; so can one that is gone. */
  compiles(this: void, id: string): boolean
}

export type NotebookGraphListener = {
  changed(change: AnalysesChange): void
  /** A person's edits have paused: the cells that they touched, those deleted or moved, too. */
  edited(cells: ReadonlySet<string>, userId: string): void
}

/** How long after an edit pages are told of names. */
const tellMs = 100
/** How long a person's hands rest before an edit counts as made. */
const pauseMs = 600
/** How long parsing may hold the process at a time. */
const sliceMs = 8

type Known = { source: string; analysis: Analysis; compiles: boolean }

/** `ranSource`: the text that a cell last ran with, for one that cannot be understood now. Ends with its document. */
export function watchGraph(
  document: Y.Doc,
  ranSource: (id: string) => string | undefined,
  listener: NotebookGraphListener,
): NotebookGraph {
  const cells = sharedCells(document)
  const known = new Map<string, Known>()
  /** Their text may have changed since they were analysed. */
  const dirty = new Set<string>(cells.keys())
  let untold: AnalysesChange = {}
  const touched = new Set<string>()
  let telling: NodeJS.Timeout | undefined
  let pausing: NodeJS.Timeout | undefined
  let graph: Graph | undefined

  const isNode = (cell: SharedCell | undefined) => cell !== undefined && isExecuted(cellKind(cell))

  /** Brings one cell up to date. */
  function refresh(id: string) {
    dirty.delete(id)
    const cell = cells.get(id)
    if (!cell || !isNode(cell)) {
      if (known.delete(id)) change(id, null)
      return
    }
    const source = executedText(toCell(id, cell))
    const before = known.get(id)
    if (before?.source === source) return
    const found = analyse(cellKind(cell), source)
    const compiles = !(found instanceof Error)
    // While it cannot be understood, its names are those that it had.
    const analysis = compiles ? found : (before?.analysis ?? namesThatRan(cell, id))
    known.set(id, { source, analysis, compiles })
    if (JSON.stringify(before?.analysis) !== JSON.stringify(analysis)) change(id, analysis)
  }

  function namesThatRan(cell: SharedCell, id: string) {
    const source = ranSource(id)
    const found = source === undefined ? undefined : analyse(cellKind(cell), source)
    return found && !(found instanceof Error) ? found : noNames()
  }

  function change(id: string, analysis: Analysis | null) {
    untold[id] = analysis
    graph = undefined
  }

  const refreshAll = () => {
    for (const id of [...dirty]) refresh(id)
  }

  /** In slices: a notebook of 500 cells must not hold up everybody else. */
  function tell() {
    telling = undefined
    const until = performance.now() + sliceMs
    for (const id of [...dirty]) {
      refresh(id)
      if (performance.now() > until) break
    }
    if (Object.keys(untold).length > 0) listener.changed(untold)
    untold = {}
    if (dirty.size > 0) soon(0)
  }
  function soon(ms: number) {
    telling ??= setTimeout(tell, ms)
    telling.unref()
  }

  function onChange(events: DocumentEvent[], transaction: Y.Transaction) {
    for (const event of events) for (const id of cellsOf(event)) dirty.add(id)
    graph = undefined
    soon(tellMs)
    const userId = editorOf(transaction)
    const edits = events.filter(isEdit)
    if (userId === undefined || edits.length === 0) return
    // A cell that only moved is what it was; others may now use it, or not.
    for (const event of edits) if (!isMove(event)) for (const id of cellsOf(event)) touched.add(id)
    clearTimeout(pausing)
    pausing = setTimeout(() => {
      const edited = new Set(touched)
      touched.clear()
      listener.edited(edited, userId)
    }, pauseMs)
    pausing.unref()
  }
  cells.observeDeep(onChange)
  document.on('destroy', () => {
    clearTimeout(telling)
    clearTimeout(pausing)
  })
  soon(0)

  return {
    analyses: () => Object.fromEntries([...known].map(([id, { analysis }]) => [id, analysis])),
    compiles(id) {
      refreshAll()
      return known.get(id)?.compiles ?? true
    },
    planner(state) {
      refreshAll()
      const nodes = new Map<string, NodeCell>()
      const ids = cellIds(document).filter((id) => known.has(id))
      for (const id of ids) {
        const { manual = false } = cellAttributes(cells.get(id)!)
        nodes.set(id, { source: known.get(id)!.source, manual })
      }
      graph ??= createGraph(ids.map((id) => ({ id, analysis: known.get(id)!.analysis })))
      return createPlanner(graph, nodes, state)
    },
  }
}

type DocumentEvent = Y.YEvent<Y.AbstractType<unknown>>

/** Of the map of cells those that came or went, else the one whose map or text changed. */
const cellsOf = ({ path, changes }: DocumentEvent) =>
  path.length === 0 ? [...changes.keys.keys()] : [String(path[0])]
const changes = (event: DocumentEvent, name: string) =>
  event.path.length === 1 && event.changes.keys.has(name)
const isMove = (event: DocumentEvent) =>
  changes(event, 'order') && !changes(event, 'kind') && !changes(event, 'result')
/** What a cell is marked with is no edit of what it does. */
const isEdit = (event: DocumentEvent) =>
  event.path.length !== 1 || ['kind', 'order', 'result'].some((name) => changes(event, name))

/** Who made the change; undefined for one that came from storage. See `app/_server/documents`. */
function editorOf({ origin }: Y.Transaction): string | undefined {
  return (origin as { userId?: string } | null)?.userId
}
