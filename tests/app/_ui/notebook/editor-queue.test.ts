import { expect, test } from 'vitest'
import { createEditorQueue } from '../../../../app/_ui/notebook/editor-queue'

function queue() {
  const moments: (() => void)[] = []
  const done: string[] = []
  const add = createEditorQueue((run) => moments.push(run))
  return {
    done,
    add: (name: string, urgent?: boolean) => add(() => void done.push(name), urgent),
    idle: () => moments.shift()?.(),
  }
}

test('one editor is mounted in each idle moment, an urgent one first', () => {
  const { add, idle, done } = queue()
  add('a')
  add('b')
  add('c', true)
  idle()
  expect(done).toEqual(['c'])
  idle()
  idle()
  idle()
  expect(done).toEqual(['c', 'a', 'b'])
})

test('what was scrolled past is taken back, and what comes later is still done', () => {
  const { add, idle, done } = queue()
  const takeBack = add('a')
  takeBack()
  idle()
  add('b')
  idle()
  expect(done).toEqual(['b'])
})
