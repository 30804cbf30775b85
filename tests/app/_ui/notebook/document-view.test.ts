import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type DocumentView, watchDocument } from '../../../../app/_ui/notebook/document-view'
import {
  cellSource,
  fillDocument,
  moveCell,
  setCellAttribute,
  setCellKind,
  sharedCells,
} from '../../../../lib/notebook/document'
import { setSetting } from '../../../../lib/notebook/settings'

test('order, kinds, attributes and settings are told, typing is not', () => {
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
  setCellAttribute(document, 'b', 'manual', true)
  setSetting(document, 'reactivity', 'off')
  setCellAttribute(document, 'b', 'manual', undefined)
  end()
  moveCell(document, 'a', 0)
  const settings = { reactivity: 'stale', typeErrorsBlock: false, wide: false }
  const off = { ...settings, reactivity: 'off' }
  const plain = { a: {}, b: {} }
  const kinds = { a: 'markdown', b: 'code' }
  expect(told).toEqual([
    { ids: ['a', 'b'], kinds: { a: 'code', b: 'code' }, attributes: plain, settings },
    { ids: ['b', 'a'], kinds: { a: 'code', b: 'code' }, attributes: plain, settings },
    { ids: ['b', 'a'], kinds, attributes: plain, settings },
    { ids: ['b', 'a'], kinds, attributes: { a: {}, b: { manual: true } }, settings },
    { ids: ['b', 'a'], kinds, attributes: { a: {}, b: { manual: true } }, settings: off },
    { ids: ['b', 'a'], kinds, attributes: plain, settings: off },
  ])
})
