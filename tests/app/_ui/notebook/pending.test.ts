import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPending } from '../../../../app/_ui/notebook/pending'

function memory() {
  const values = new Map<string, string>()
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
    key: (index: number) => [...values.keys()][index] ?? null,
    get length() {
      return values.size
    },
  }
}

function typed(text: string) {
  const document = new Y.Doc()
  document.getText('cell').insert(0, text)
  return Y.encodeStateAsUpdate(document)
}
function read(update: Uint8Array | undefined) {
  const document = new Y.Doc()
  if (update) Y.applyUpdate(document, update)
  return document.getText('cell').toString()
}

test('the next page of the same person gets what the last one left', () => {
  const storage = memory()
  createPending(storage, 'ada', 'n1', 'page-1').keep([typed('kept')])
  expect(read(createPending(storage, 'ada', 'n1', 'page-2').adopt())).toBe('kept')
})

test('another person or notebook gets nothing', () => {
  const storage = memory()
  createPending(storage, 'ada', 'n1', 'page-1').keep([typed('kept')])
  const others = [createPending(storage, 'bob', 'n1'), createPending(storage, 'ada', 'n2')]
  expect(others.map((other) => other.adopt())).toEqual([undefined, undefined])
})

test('what the server has is forgotten, the adopted too, but not what another page wrote since', () => {
  const storage = memory()
  const [first, gone, second] = ['page-1', 'page-0', 'page-2'].map((page) =>
    createPending(storage, 'ada', 'n1', page),
  )
  gone!.keep([typed('old')])
  first!.keep([typed('a')])
  second!.adopt()
  first!.keep([typed('b')])
  second!.keep([typed('c')])
  second!.clear()
  expect([storage.length, read(createPending(storage, 'ada', 'n1').adopt())]).toEqual([1, 'b'])
})

test('storage that holds something else is passed over', () => {
  const storage = memory()
  storage.setItem('cellar.pending.ada.n1.x', 'not base64!')
  storage.setItem('cellar.pending.ada.n1.y', btoa('no update'))
  expect(createPending(storage, 'ada', 'n1').adopt()).toBeUndefined()
})
