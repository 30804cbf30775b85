import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyEdits, offsetAt } from '../../../../../app/_ui/notebook/language/edits'
import { fillDocument, sharedCells, toCells } from '../../../../../lib/notebook/document'

const range = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
})

test('a place is found whatever ends the lines, in UTF-16 units', () => {
  const text = '𝛼b\r\ncd\re\n'
  const places = [
    [0, 2],
    [1, 1],
    [2, 0],
    [3, 0],
    [9, 9],
  ].map(([line = 0, character = 0]) => offsetAt(text, { line, character }))
  expect(places).toEqual([2, 6, 8, 10, 10])
})

test('a rename over several cells is one step, and one undo takes it back', () => {
  const document = new Y.Doc()
  fillDocument(document, [
    { id: 'a', kind: 'code', source: 'const n = 1\r\nn + n' },
    { id: 'b', kind: 'code', source: '({ n })' },
  ])
  const history = new Y.UndoManager(sharedCells(document), { captureTimeout: 0 })
  const sources = () => toCells(document).map(({ source }) => source)
  const count = applyEdits(document, [
    {
      cellId: 'a',
      edits: [0, 4].map((at) => ({ range: range(1, at, at + 1), newText: 'count' })),
    },
    { cellId: 'b', edits: [{ range: range(0, 3, 4), newText: 'n: count' }] },
    { cellId: 'gone', edits: [{ range: range(0, 0, 1), newText: 'x' }] },
  ])
  expect(count).toBe(3)
  expect(sources()).toEqual(['const n = 1\r\ncount + count', '({ n: count })'])
  expect(history.undoStack.length).toBe(1)
  history.undo()
  expect(sources()).toEqual(['const n = 1\r\nn + n', '({ n })'])
})
