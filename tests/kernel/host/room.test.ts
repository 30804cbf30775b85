import { expect, test } from 'vitest'
import { createRoom } from '../../../kernel/host/room'

test('a notebook is full at a quarter of the quota, all at the whole, and has room again below three quarters', () => {
  const bytes = [0, 0, 0, 0, 0]
  const spools = bytes.map((_, i) => ({ waiting: () => bytes[i]! }))
  const isFull = createRoom(1000, () => spools)
  const look = (...now: number[]) => {
    now.forEach((each, i) => {
      bytes[i] = each
    })
    return [isFull(spools[0]!), isFull(spools[4]!)]
  }
  expect([
    look(249, 0, 0, 0, 0),
    look(250, 0, 0, 0, 0),
    look(188, 0, 0, 0, 0),
    look(187, 0, 0, 0, 0),
    look(200, 200, 200, 200, 200),
    look(200, 200, 200, 149, 0),
    look(100, 200, 200, 149, 0),
  ]).toEqual([
    [false, false],
    [true, false],
    [true, false],
    [false, false],
    [true, true],
    [true, false],
    [false, false],
  ])
})
