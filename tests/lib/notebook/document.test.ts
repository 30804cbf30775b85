import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  deleteCell,
  deleteCells,
  fillDocument,
  insertCell,
  insertCells,
  mergeCellBelow,
  mergeCells,
  moveCell,
  moveCells,
  setCellAttribute,
  setCellKind,
  splitCell,
  toCells,
} from '../../../lib/notebook/document'

const code = (id: string, source = id) => ({ id, kind: 'code' as const, source })

function documentOf(...ids: string[]) {
  const document = new Y.Doc()
  fillDocument(
    document,
    ids.map((id) => code(id)),
  )
  return document
}
const order = (document: Y.Doc) =>
  toCells(document)
    .map(({ id }) => id)
    .join('')
const sync = (a: Y.Doc, b: Y.Doc) => {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
}

describe('a notebook document', () => {
  test('holds its cells in order', () => {
    expect(toCells(documentOf('a', 'b'))).toEqual([code('a'), code('b')])
  })

  test('takes a new cell at any place', () => {
    const document = documentOf('a', 'b')
    const ids = [
      insertCell(document, 0),
      insertCell(document, 2, 'markdown', '# hi'),
      insertCell(document, 4),
    ]
    expect(toCells(document)).toEqual([
      code(ids[0]!, ''),
      code('a'),
      { id: ids[1], kind: 'markdown', source: '# hi' },
      code('b'),
      code(ids[2]!, ''),
    ])
  })

  test.each([
    ['a', 2, 'bca'],
    ['a', 1, 'bac'],
    ['c', 0, 'cab'],
    ['b', 1, 'abc'],
  ])('moves cell %s to place %i', (id, index, expected) => {
    const document = documentOf('a', 'b', 'c')
    moveCell(document, id, index)
    expect(order(document)).toBe(expected)
  })

  test('splits a cell at an offset and gives the line break to neither half', () => {
    const document = new Y.Doc()
    fillDocument(document, [code('a', 'one\ntwo')])
    const below = splitCell(document, 'a', 4)
    expect(toCells(document)).toEqual([code('a', 'one'), code(below!, 'two')])
  })

  test('merges a cell with the one below', () => {
    const document = documentOf('a', 'b', 'c')
    mergeCellBelow(document, 'a')
    expect(toCells(document)).toEqual([code('a', 'a\nb'), code('c')])
  })

  test('switches the kind of a cell and keeps its text', () => {
    const document = documentOf('a')
    setCellKind(document, 'a', 'markdown')
    expect(toCells(document)).toEqual([{ id: 'a', kind: 'markdown', source: 'a' }])
  })

  test('a cell that two people move at once is there once', () => {
    const one = documentOf('a', 'b', 'c')
    const two = new Y.Doc()
    sync(one, two)
    moveCell(one, 'a', 2)
    moveCell(two, 'a', 1)
    sync(one, two)
    expect([order(one).length, order(one) === order(two)]).toEqual([3, true])
  })

  test('two people who insert at the same place both find their cell, in the same order', () => {
    const one = documentOf('a', 'b')
    const two = new Y.Doc()
    sync(one, two)
    const first = insertCell(one, 1)
    const second = insertCell(two, 1)
    sync(one, two)
    const between = insertCell(one, 2)
    sync(one, two)
    const ids = toCells(one).map(({ id }) => id)
    expect([toCells(two).map(({ id }) => id), [...ids].sort(), ids.at(0), ids.at(-1)]).toEqual([
      ids,
      ['a', 'b', first, second, between].sort(),
      'a',
      'b',
    ])
  })

  test('deleting a cell that someone else edits deletes it for both', () => {
    const one = documentOf('a', 'b')
    const two = new Y.Doc()
    sync(one, two)
    deleteCell(one, 'a')
    setCellKind(two, 'a', 'markdown')
    sync(one, two)
    expect([order(one), order(two)]).toEqual(['b', 'b'])
  })
})

describe('several cells', () => {
  test.each([
    [['b', 'd'], 0, 'bdace'],
    [['b', 'd'], 1, 'abdce'],
    [['a', 'b'], 3, 'cdeab'],
    [['e', 'a'], 1, 'beacd'],
    [['b', 'gone'], 0, 'bacde'],
  ])('%o move together to place %i among the others: %s', (ids, index, expected) => {
    const document = documentOf('a', 'b', 'c', 'd', 'e')
    moveCells(document, ids, index)
    expect(order(document)).toBe(expected)
  })

  test('are deleted, and come back, in one step', () => {
    const document = documentOf('a', 'b', 'c', 'd')
    const history = new Y.UndoManager(document.getMap('cells'), { captureTimeout: 0 })
    deleteCells(document, ['a', 'c', 'gone'])
    expect(order(document)).toBe('bd')
    history.undo()
    expect(order(document)).toBe('abcd')
  })

  test('are inserted in their order, and taken back in one step', () => {
    const document = documentOf('a', 'b')
    const history = new Y.UndoManager(document.getMap('cells'), { captureTimeout: 0 })
    const ids = insertCells(document, 1, [
      { kind: 'markdown', source: '# x' },
      { kind: 'code', source: 'x' },
    ])
    expect(toCells(document)).toEqual([
      code('a'),
      { id: ids[0], kind: 'markdown', source: '# x' },
      { id: ids[1], kind: 'code', source: 'x' },
      code('b'),
    ])
    history.undo()
    expect(order(document)).toBe('ab')
  })

  test('merge into the first, the texts in the order given', () => {
    const document = documentOf('a', 'b', 'c')
    mergeCells(document, ['a', 'gone', 'c'])
    expect(toCells(document)).toEqual([code('a', 'a\nc'), code('b')])
  })
})

test('the result of a new SQL cell has a name that no other has, also of one that becomes SQL or is split off', () => {
  const document = new Y.Doc()
  const first = insertCell(document, 0, 'sql', 'SELECT 1')
  setCellAttribute(document, first, 'result', 'mine')
  insertCell(document, 1, 'sql', 'SELECT 2;\nSELECT 3')
  const code = insertCell(document, 2, 'code', 'SELECT 4')
  setCellKind(document, code, 'sql')
  splitCell(document, toCells(document)[1]!.id, 9)
  expect(toCells(document).map(({ source, result }) => [source, result])).toEqual([
    ['SELECT 1', 'mine'],
    ['SELECT 2;', 'sql_1'],
    ['SELECT 3', 'sql_3'],
    ['SELECT 4', 'sql_2'],
  ])
})
