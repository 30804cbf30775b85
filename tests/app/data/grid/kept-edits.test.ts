import { expect, test } from 'vitest'
import { joinTabs } from '../../../../app/(app)/data/[name]/grid/edit-tabs'
import { keepEdits, keptTabs, readKept, takeLeft } from '../../../../app/(app)/data/[name]/grid/kept-edits'
import { nothingPending, setCells } from '../../../../app/(app)/data/[name]/grid/pending'

const browser = () => {
  const items = new Map<string, string>()
  return {
    items,
    get length() {
      return items.size
    },
    key: (at: number) => [...items.keys()][at] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}
const edited = setCells(nothingPending(2), [{ row: 4, column: 'age', before: null, after: 7 }])

test('edits are kept for each data set, and read again as they were; none keep nothing', () => {
  const storage = browser()
  expect(keepEdits('iris', 'a', edited, storage)).toBe(true)
  expect([readKept('iris', 'a', storage), readKept('income', 'a', storage)]).toEqual([edited, undefined])
  keepEdits('iris', 'a', nothingPending(2), storage)
  expect(storage.items.size).toBe(0)
})

test('what another release has kept is not read, and a full browser says that it is full', () => {
  const storage = browser()
  storage.items.set('cellar:edits:iris:a', '{"rows":[]}')
  expect(readKept('iris', 'a', storage)).toBeUndefined()
  expect(takeLeft('iris', 'b', new Set(), storage)).toBeUndefined()
  const full = {
    ...storage,
    setItem() {
      throw new Error('full')
    },
  }
  expect(keepEdits('iris', 'a', edited, full)).toBe(false)
})

test('two tabs keep their edits side by side; what a closed one has left is taken over once', () => {
  const storage = browser()
  const others = setCells(nothingPending(2), [{ row: 9, column: 'age', before: 1, after: 2 }])
  keepEdits('iris', 'a', edited, storage)
  keepEdits('iris', 'b', others, storage)
  expect(keptTabs('iris', storage)).toEqual(['a', 'b'])
  expect(takeLeft('iris', 'c', new Set(['a', 'b']), storage)).toBeUndefined()
  expect(takeLeft('iris', 'c', new Set(['b']), storage)).toEqual(edited)
  expect(takeLeft('iris', 'd', new Set(['b', 'c']), storage)).toBeUndefined()
  expect([...storage.items.keys()]).toEqual(['cellar:edits:iris:b', 'cellar:edits:iris:c'])
})

test('a tab hears which others edit the same data set, and not those that have left', async () => {
  const [one, two, away, elsewhere] = [
    joinTabs('iris', 'one'),
    joinTabs('iris', 'two'),
    joinTabs('iris', 'away'),
    joinTabs('income', 'elsewhere'),
  ]
  away.leave()
  expect([...(await one.others())]).toEqual(['two'])
  for (const tabs of [one, two, elsewhere]) tabs.leave()
})
