import type * as Y from 'yjs'
import { sharedCells, toCell } from '../../../../lib/notebook/document'
import { executedText } from '../../../../lib/notebook/executed-text'
import { type Analysis, noNames } from '../../../../lib/notebook/graph/analysis'
import { createGraph, type Graph } from '../../../../lib/notebook/graph/graph'
import { livingEpoch, type NodeCell, validate } from '../../../../lib/notebook/graph/validity'
import type { Store } from '../store'
import type { View } from '../view'
import { type GraphView, keepEqual } from './graph-view'

/** Keeps `graph` of the page's view as text, names and kernel are now. */
export type GraphWatch = {
  /** All that the server knows of cells' names, at each joining. */
  begin(analyses: Record<string, Analysis>): void
  change(change: Record<string, Analysis | null>): void
  close(): void
}

/** `soon`: when to look after a change; once for all changes before it. */
export function watchGraph(
  document: Y.Doc,
  store: Store<View>,
  soon: (look: () => void) => void = (look) => requestAnimationFrame(look),
): GraphWatch {
  const cells = sharedCells(document)
  const sources = new Map<string, string>()
  let analyses: Record<string, Analysis> = {}
  /** The server has said what it knows of all cells that were there when the page joined. */
  let isComplete = false
  let graph: Graph | undefined
  let shown: View | undefined
  let isAsked = false
  let isClosed = false

  function ask() {
    if (isAsked || isClosed) return
    isAsked = true
    soon(() => {
      isAsked = false
      if (!isClosed) look()
    })
  }

  function look() {
    const view = store.get()
    isComplete ||= view.ready && view.ids.every((id) => view.kinds[id] !== 'code' || id in analyses)
    // Without its names a cell would seem to have lost its inputs.
    if (!isComplete) return
    const nodes = new Map<string, NodeCell>()
    for (const id of view.ids) {
      if (!(id in analyses) && view.kinds[id] !== 'code') continue
      const { manual = false } = view.attributes[id] ?? {}
      nodes.set(id, { source: sourceOf(id), manual })
    }
    const isNew = graph === undefined
    graph ??= createGraph([...nodes.keys()].map((id) => ({ id, analysis: analyses[id] ?? noNames() })))
    shown = view
    store.set({ graph: draw(graph, nodes, view, isNew) })
  }

  function draw(graph: Graph, nodes: Map<string, NodeCell>, view: View, isNew: boolean): GraphView {
    const before = view.graph
    const found = validate(graph, nodes, view.kernel)
    const standings = keepEqual(before.standings, Object.fromEntries(found))
    const stale = graph.ids.filter((id) => found.get(id)!.validity === 'stale' && !nodes.get(id)!.manual)
    const changing = { standings, stale: sameList(before.stale, stale) ? before.stale : stale }
    if (!isNew) return { ...before, ...changing }
    const { ids, order, edges, warnings } = graph
    return {
      ids,
      order,
      edges,
      warnings: keepEqual(before.warnings, Object.fromEntries(warnings)),
      defs: keepEqual(before.defs, Object.fromEntries(ids.map((id) => [id, analyses[id]?.defs ?? []]))),
      trains: Object.fromEntries(ids.flatMap((id) => (analyses[id]?.trains ? [[id, true as const]] : []))),
      ...changing,
    }
  }

  function sourceOf(id: string) {
    const known = sources.get(id)
    if (known !== undefined) return known
    const cell = cells.get(id)
    const source = cell ? executedText(toCell(id, cell)) : ''
    sources.set(id, source)
    return source
  }

  const onDocument = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
    for (const { path, changes } of events) {
      if (path.length > 0) sources.delete(String(path[0]))
      else for (const id of changes.keys.keys()) sources.delete(id)
    }
    ask()
  }
  cells.observeDeep(onDocument)

  const onView = () => {
    const view = store.get()
    if (shown && view.ids !== shown.ids) graph = undefined
    if (!shown || isOther(view, shown)) ask()
  }
  const unsubscribe = store.subscribe(onView)

  return {
    begin(known) {
      analyses = { ...known }
      isComplete = false
      graph = undefined
      ask()
    },
    change(change) {
      for (const [id, analysis] of Object.entries(change)) {
        if (analysis) analyses[id] = analysis
        else delete analyses[id]
      }
      graph = undefined
      ask()
    },
    close() {
      isClosed = true
      cells.unobserveDeep(onDocument)
      unsubscribe()
    },
  }
}

/** Whether the graph may look otherwise: text that a running cell prints changes nothing. */
function isOther(view: View, shown: View) {
  if (view.ids !== shown.ids || view.kinds !== shown.kinds || view.attributes !== shown.attributes)
    return true
  if (view.ready !== shown.ready) return true
  const { kernel: now } = view
  const { kernel: before } = shown
  if (now === before) return false
  if (livingEpoch(now) !== livingEpoch(before)) return true
  return now.cells !== before.cells && view.ids.some((id) => now.cells[id]?.ran !== before.cells[id]?.ran)
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id, i) => id === b[i])
