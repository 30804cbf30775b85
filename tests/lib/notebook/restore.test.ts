import { expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  cellIds,
  cellSource,
  deleteCell,
  fillDocument,
  insertCell,
  moveCell,
  setCellAttribute,
  setCellKind,
  sharedCells,
} from '../../../lib/notebook/document'
import { writeEnvironment } from '../../../lib/notebook/environment'
import { restoreContent, restoredParts } from '../../../lib/notebook/restore'
import { revisionContent } from '../../../lib/notebook/revision-content'
import { setSetting } from '../../../lib/notebook/settings'

const documentOf = (...sources: string[]) => {
  const document = new Y.Doc()
  fillDocument(
    document,
    sources.map((source) => ({ id: source[0]!, kind: 'code', source })),
  )
  return document
}

test('cells that were added, deleted, moved, edited, turned and marked become what they were', () => {
  const document = documentOf('a', 'b = 1', 'c', 'd', 'e')
  const content = revisionContent(document)
  deleteCell(document, 'a')
  insertCell(document, 1, 'markdown', 'new')
  moveCell(document, 'e', 0)
  cellSource(sharedCells(document).get('b')!).insert(5, '0')
  setCellKind(document, 'c', 'markdown')
  setCellAttribute(document, 'd', 'manual', true)
  setSetting(document, 'wide', true)
  document.getMap('environment').set('lock', '{}')
  restoreContent(document, content)
  expect(revisionContent(document)).toEqual(content)
})

test('one undo takes a restore back', () => {
  const document = documentOf('a', 'b')
  const content = revisionContent(document)
  deleteCell(document, 'a')
  cellSource(sharedCells(document).get('b')!).insert(1, ' = 2')
  setSetting(document, 'reactivity', 'automatic')
  writeEnvironment(document, { packages: { a: '1' }, lock: 'locked', scripts: [] })
  const edited = revisionContent(document)
  const history = new Y.UndoManager(restoredParts(document), { captureTimeout: 0 })
  restoreContent(document, content)
  expect(revisionContent(document)).toEqual(content)
  history.undo()
  expect(revisionContent(document)).toEqual(edited)
  history.redo()
  expect(revisionContent(document)).toEqual(content)
})

test('a setting that a person changes is no step of undo', () => {
  const document = documentOf('a')
  const history = new Y.UndoManager(restoredParts(document), { captureTimeout: 0 })
  setSetting(document, 'wide', true)
  expect(history.undoStack).toEqual([])
})

test('what reads alike already is not edited, and text that stays is not typed again', () => {
  const document = documentOf('a', 'b = one + two', 'c')
  const content = revisionContent(document)
  const updates: unknown[] = []
  document.on('update', (update) => updates.push(update))
  restoreContent(document, content)
  expect(updates).toEqual([])
  const text = cellSource(sharedCells(document).get('b')!)
  text.insert(7, 'X')
  const deltas: unknown[] = []
  text.observe(({ delta }) => deltas.push(delta))
  restoreContent(document, content)
  expect(deltas).toEqual([[{ retain: 7 }, { delete: 1 }]])
})

test.each([
  ['two that begin alike', '😀', '😁'],
  ['two that end alike', '🐀', '😀'],
  ['one put before another', '😀', '😁😀'],
])('pictures are replaced as a whole: %s', (_, before, after) => {
  const document = documentOf(`a${after}`)
  const content = revisionContent(document)
  const text = cellSource(sharedCells(document).get('a')!)
  text.delete(1, text.length - 1)
  text.insert(1, before)
  restoreContent(document, content)
  expect(text.toString()).toBe(`a${after}`)
})

test('a cell is moved, not the many that it passed', () => {
  const document = documentOf('a', 'b', 'c', 'd')
  const content = revisionContent(document)
  moveCell(document, 'a', 3)
  const moved = new Set<unknown>()
  sharedCells(document).observeDeep((events) => {
    for (const { path } of events) moved.add(path[0])
  })
  restoreContent(document, content)
  expect([cellIds(document), [...moved]]).toEqual([['a', 'b', 'c', 'd'], ['a']])
})
