import { expect, test } from 'vitest'
import { countOf, nextPlace, nothingFound } from '../../../../../app/_ui/notebook/find/found'

const ids = ['a', 'b', 'c']
const match = { at: 0, length: 1 }
const matches = { a: [match], c: [match, match] }
const at = (cellId: string, index: number) => ({ cellId, index })

test.each([
  [undefined, 1, undefined, at('a', 0)],
  [undefined, 1, 'b', at('c', 0)],
  [undefined, -1, 'b', at('a', 0)],
  [at('a', 0), 1, undefined, at('c', 0)],
  [at('c', 1), 1, undefined, at('a', 0)],
  [at('a', 0), -1, undefined, at('c', 1)],
] as const)('from %o by %i, beginning in %s, is %o', (current, by, from, expected) => {
  expect(nextPlace(ids, { matches, current }, by, from)).toEqual(expected)
})

test('where nothing is found there is nowhere to go', () => {
  expect(nextPlace(ids, { matches: {}, current: undefined }, 1, undefined)).toBe(undefined)
})

test('the count says which match it is', () => {
  const found = { ...nothingFound, query: { ...nothingFound.query, text: 'x' }, matches, total: 3 }
  expect([
    countOf(ids, found),
    countOf(ids, { ...found, current: at('c', 0) }),
    countOf(ids, { ...found, matches: {}, total: 0 }),
    countOf(ids, nothingFound),
  ]).toEqual(['3 matches', '2 of 3', 'nothing found', ''])
})
