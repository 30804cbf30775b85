import { expect, test } from 'vitest'
import { createIdleQueue, type Rank } from '../../../../app/_ui/notebook/idle-queue'

function queue() {
  const moments: (() => void)[] = []
  const done: string[] = []
  const add = createIdleQueue((run) => moments.push(run))
  return {
    done,
    add: (name: string, rank: Rank) => add(rank, () => void done.push(name)),
    idle: () => moments.shift()?.(),
  }
}

test('one thing is done in each idle moment: editors in sight, what is near, its editors, then the rest', () => {
  const { add, idle, done } = queue()
  add('far', 'later')
  add('editor', 'editor')
  add('near 1', 'near')
  add('near 2', 'near')
  add('editor in sight', 'seen')
  idle()
  expect(done).toEqual(['editor in sight'])
  for (let i = 0; i < 4; i++) idle()
  expect(done).toEqual(['editor in sight', 'near 1', 'near 2', 'editor', 'far'])
})

test('what was scrolled past is taken back, and what comes later is still done', () => {
  const { add, idle, done } = queue()
  const takeBack = add('a', 'near')
  takeBack()
  idle()
  add('b', 'near')
  idle()
  expect(done).toEqual(['b'])
})
