import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type SectionsView, watchSections } from '../../../../app/_ui/notebook/sections'
import { fillDocument, moveCell, setCellAttribute } from '../../../../lib/notebook/document'

test('headings and folds are told when they change, and only then', () => {
  const document = new Y.Doc()
  fillDocument(document, [
    { id: 'h', kind: 'markdown', source: '# Title' },
    { id: 'a', kind: 'code', source: '1' },
  ])
  const told: SectionsView[] = []
  const end = watchSections(document, (view) => told.push(view))
  setCellAttribute(document, 'a', 'codeHidden', true)
  setCellAttribute(document, 'h', 'sectionFolded', true)
  moveCell(document, 'a', 0)
  end()
  setCellAttribute(document, 'h', 'sectionFolded', undefined)
  const headings = [{ cellId: 'h', level: 1, text: 'Title' }]
  expect(told).toEqual([
    { headings, folded: {} },
    { headings, folded: { a: 'h' } },
    { headings, folded: {} },
  ])
})
