import { expect, test } from 'vitest'
import { keepEdits, readKept } from '../../../../app/(app)/data/[name]/grid/kept-edits'
import { nothingPending, setCells } from '../../../../app/(app)/data/[name]/grid/pending'

const browser = () => {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}
const edited = setCells(nothingPending(2), [{ row: 4, column: 'age', before: null, after: 7 }])

test('edits are kept for each data set, and read again as they were; none keep nothing', () => {
  const storage = browser()
  expect(keepEdits('iris', edited, storage)).toBe(true)
  expect([readKept('iris', storage), readKept('income', storage)]).toEqual([edited, undefined])
  keepEdits('iris', nothingPending(2), storage)
  expect(storage.items.size).toBe(0)
})

test('what another release has kept is not read, and a full browser says that it is full', () => {
  const storage = browser()
  storage.items.set('cellar:edits:iris', '{"rows":[]}')
  expect(readKept('iris', storage)).toBeUndefined()
  const full = {
    ...storage,
    setItem() {
      throw new Error('full')
    },
  }
  expect(keepEdits('iris', edited, full)).toBe(false)
})
