import { expect, test } from 'vitest'
import { type CoalesceLimits, createCoalescer } from '../../../lib/serving/coalesce'

type Item = { id: number; size: number; bytes: number }

/** A coalescer whose turns of the event loop are taken by hand. */
function byHand(limits: Partial<CoalesceLimits> = {}) {
  const sent: [string, number[]][] = []
  const turns: (() => void)[] = []
  const coalescer = createCoalescer<Item>(
    (lane, items) => sent.push([lane, items.map(({ id }) => id)]),
    limits,
    (run) => turns.push(run),
  )
  const turn = () => {
    for (const run of turns.splice(0)) run()
    return sent.splice(0)
  }
  return { ...coalescer, turn }
}
const items = (count: number, bytes = 10) =>
  Array.from({ length: count }, (_, id) => ({ id, size: 1, bytes }))

test('requests that came together leave together, at the end of the turn', () => {
  const { add, turn } = byHand()
  for (const item of items(3)) add('a', item)
  expect(turn()).toEqual([['a', [0, 1, 2]]])
})

test('two jobs are out at once; the third leaves when one has ended', () => {
  const { add, finished, turn } = byHand({ maxRequests: 2 })
  for (const item of items(7)) add('a', item)
  expect(turn()).toEqual([
    ['a', [0, 1]],
    ['a', [2, 3]],
  ])
  expect(turn()).toEqual([])
  finished('a')
  expect(turn()).toEqual([['a', [4, 5]]])
  finished('a')
  finished('a')
  expect(turn()).toEqual([['a', [6]]])
})

test('versions do not wait for each other', () => {
  const { add, turn } = byHand({ maxJobs: 1 })
  add('a', { id: 1, size: 1, bytes: 1 })
  turn()
  add('a', { id: 2, size: 1, bytes: 1 })
  add('b', { id: 3, size: 1, bytes: 1 })
  expect(turn()).toEqual([['b', [3]]])
})

test('a job holds no more bytes than allowed, unless one request alone does', () => {
  const { add, turn } = byHand({ maxBytes: 25, maxJobs: 9 })
  for (const item of [...items(3), { id: 3, size: 1, bytes: 100 }, { id: 4, size: 1, bytes: 5 }])
    add('a', item)
  expect(turn()).toEqual([
    ['a', [0, 1]],
    ['a', [2]],
    ['a', [3]],
    ['a', [4]],
  ])
})

test('a full lane refuses, and takes again once it has room', () => {
  const { add, turn } = byHand({ maxWaiting: 2, maxJobs: 1 })
  expect(items(3).map((item) => add('a', item))).toEqual([true, true, false])
  turn()
  expect(add('a', { id: 3, size: 1, bytes: 1 })).toBe(true)
})

test('waiting bytes are limited too, but one large request may always wait', () => {
  const { add } = byHand({ maxWaitingBytes: 50 })
  expect(add('a', { id: 0, size: 1, bytes: 80 })).toBe(true)
  expect(add('a', { id: 1, size: 1, bytes: 1 })).toBe(false)
})

test('a request that waits can be taken back; one that was sent cannot', () => {
  const { add, remove, turn } = byHand({ maxRequests: 1, maxJobs: 1 })
  const [first, second, third] = items(3) as [Item, Item, Item]
  for (const item of [first, second, third]) add('a', item)
  expect(turn()).toEqual([['a', [0]]])
  expect([remove('a', first), remove('a', second), remove('a', second)]).toEqual([false, true, false])
})
