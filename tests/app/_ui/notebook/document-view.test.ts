import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type DocumentView, watchDocument } from '../../../../app/_ui/notebook/document-view'
import {
  cellSource,
  fillDocument,
  moveCell,
  setCellKind,
  sharedCells,
} from '../../../../lib/notebook/document'

test('order and kinds are told, typing is not', () => {
  const document = new Y.Doc()
  fillDocument(document, [
    { id: 'a', kind: 'code', source: '1' },
    { id: 'b', kind: 'code', source: '2' },
  ])
  const told: DocumentView[] = []
  const end = watchDocument(document, (view) => told.push(view))
  cellSource(sharedCells(document).get('a')!).insert(0, 'typed')
  moveCell(document, 'b', 0)
  setCellKind(document, 'a', 'markdown')
  end()
  moveCell(document, 'a', 0)
  expect(told).toEqual([
    { ids: ['a', 'b'], kinds: { a: 'code', b: 'code' } },
    { ids: ['b', 'a'], kinds: { a: 'code', b: 'code' } },
    { ids: ['b', 'a'], kinds: { a: 'markdown', b: 'code' } },
  ])
})
