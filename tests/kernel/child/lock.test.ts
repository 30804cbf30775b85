import { expect, test } from 'vitest'
import { createLockMemory, createTerminatorLock, createWriterLock } from '../../../kernel/child/lock'

function locks() {
  const memory = createLockMemory()
  return { main: createWriterLock(memory), supervisor: createTerminatorLock(memory) }
}

test('an execution that was taken back does not begin, and one that has begun is told', () => {
  const { main, supervisor } = locks()
  expect([main.begins(3), main.begins(5), supervisor.takeBack(9)]).toEqual([true, true, 5])
  expect([main.begins(7), main.begins(9), main.begins(10)]).toEqual([false, false, true])
})

test('what was taken back before is not told as begun by a later number', () => {
  const { main, supervisor } = locks()
  expect([main.begins(1), supervisor.takeBack(4), supervisor.takeBack(8)]).toEqual([true, 1, 4])
})

test('an older number takes back nothing that has begun since', () => {
  const { main, supervisor } = locks()
  expect([main.begins(6), supervisor.takeBack(4), main.begins(7)]).toEqual([true, 6, true])
})
