import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { watchDocument } from '../../../../../app/_ui/notebook/document-view'
import { watchGraph } from '../../../../../app/_ui/notebook/graph/watch-graph'
import { createStore } from '../../../../../app/_ui/notebook/store'
import { initialView, type View } from '../../../../../app/_ui/notebook/view'
import { cellSource, fillDocument, insertCell, sharedCells } from '../../../../../lib/notebook/document'
import type { Analysis } from '../../../../../lib/notebook/graph/analysis'
import { noNames } from '../../../../../lib/notebook/graph/analysis'
import { cellsOf, kernelOf } from '../../../../support/graph'

const a: Analysis = { ...noNames(), defs: ['x'] }
const b: Analysis = { ...noNames(), refs: ['x'] }

/** A page with cell a, which defines x, a text, and cell b, which uses it; both have run. Each cell's text is its id. */
function page() {
  const document = new Y.Doc()
  fillDocument(document, [
    { id: 'a', kind: 'code', source: 'a' },
    { id: 't', kind: 'markdown', source: 't' },
    { id: 'b', kind: 'code', source: 'b' },
  ])
  const store = createStore<View>(initialView('test'))
  watchDocument(document, (view) => store.set(view))
  const due: (() => void)[] = []
  const watch = watchGraph(document, store, (look) => due.push(look))
  const kernel = kernelOf(new Map([['b', ['a']]]), cellsOf({ a: 'x', b: '<- x' }))
  kernel.run('a', 'b')
  store.set({ kernel: kernel.state(), ready: true })
  const flush = () => {
    for (const look of due.splice(0)) look()
  }
  const type = (id: string, text: string) => cellSource(sharedCells(document).get(id)!).insert(0, text)
  return { document, store, watch, kernel, flush, due, type, graph: () => store.get().graph }
}

test('nothing is drawn before all names are known', () => {
  const { watch, flush, graph } = page()
  watch.begin({ a })
  flush()
  expect(graph().ids).toEqual([])
  watch.change({ b })
  flush()
  expect([graph().ids, graph().edges, graph().stale]).toEqual([
    ['a', 'b'],
    [{ from: 'a', to: 'b', names: ['x'] }],
    [],
  ])
})

test('typing marks at once, before the server has said anything, and its undoing unmarks', () => {
  const { watch, flush, graph, type, document } = page()
  watch.begin({ a, b })
  flush()
  type('a', '!')
  flush()
  expect(graph().stale).toEqual(['a', 'b'])
  cellSource(sharedCells(document).get('a')!).delete(0, 1)
  flush()
  expect(graph().stale).toEqual([])
})

test('what a kernel prints does not draw the graph again, what it runs does', () => {
  const { watch, flush, graph, store, kernel, due } = page()
  watch.begin({ a, b })
  flush()
  const { cells } = store.get().kernel
  store.set({ kernel: { ...store.get().kernel, cells: { ...cells, a: { ...cells.a!, outputs: [] } } } })
  expect(due).toHaveLength(0)
  kernel.run('a')
  store.set({ kernel: kernel.state() })
  flush()
  expect(graph().stale).toEqual(['b'])
})

test('a new cell is there before its names are known, and a standing that is the same stays the same object', () => {
  const { watch, flush, graph, document } = page()
  watch.begin({ a, b })
  flush()
  const before = graph().standings.b
  const id = insertCell(document, 3)
  flush()
  expect([graph().ids, graph().standings[id]?.validity]).toEqual([['a', 'b', id], 'new'])
  expect(graph().standings.b).toBe(before)
})
