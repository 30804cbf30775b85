import { expect, test } from 'vitest'
import type { Execution } from '../../../kernel/host/executions'
import { createQueue } from '../../../kernel/host/queue'
import { createTurns } from '../../../kernel/host/turns'

/** `c <- a b`: cell c, which uses a and b; its execution has the same name, or the one before `:`. */
function executionsOf(inPageOrder: boolean, texts: string[]): Execution[] {
  return texts.map((text) => {
    const [head, inputs = ''] = text.split(' <- ')
    const [executionId, cellId = executionId] = head!.split(':')
    const asked = { source: '', inputs: inputs.split(' ').filter(Boolean) }
    return { executionId: executionId!, cellId: cellId!, ...asked, userId: '', inPageOrder }
  })
}
const ids = (executions: Execution[]) => executions.map(({ executionId }) => executionId)

function queueOf(...texts: string[]) {
  const queue = createQueue()
  queue.add(executionsOf(false, texts))
  return queue
}
const cell = (cellId: string, inPageOrder = false) => executionsOf(inPageOrder, [cellId])[0]!

test('a failure takes what waits for it, through any number of cells, and nothing else', () => {
  const queue = queueOf('b <- a', 'x', 'c <- b', 'y <- x', 'd <- x c')
  expect([ids(queue.failed(cell('a'))), ids(queue.clear())]).toEqual([
    ['b', 'c', 'd'],
    ['x', 'y'],
  ])
})

test('a cell that waits behind a failed one to run again gives those behind it their value', () => {
  const queue = queueOf('b1:b <- a', 'a2:a', 'b2:b <- a', 'c <- b')
  expect([ids(queue.failed(cell('a'))), ids(queue.clear())]).toEqual([['b1'], ['a2', 'b2', 'c']])
})

test('in page order a failure takes all that was asked in page order', () => {
  const queue = createQueue()
  queue.add([...executionsOf(true, ['b', 'c']), ...executionsOf(false, ['x'])])
  expect([ids(queue.failed(cell('a', true))), ids(queue.clear())]).toEqual([['b', 'c'], ['x']])
})

test('one that is taken back takes those that wait for it along, in page order itself alone', () => {
  const graph = queueOf('a', 'b <- a', 'x')
  const page = createQueue()
  page.add(executionsOf(true, ['a', 'b <- a', 'x']))
  expect([graph, page].map((queue) => [ids(queue.cancel('a')), ids(queue.clear())])).toEqual([
    [['a', 'b'], ['x']],
    [['a'], ['b', 'x']],
  ])
  expect(graph.cancel('gone')).toEqual([])
})

test('turns: the next begins when all of the one before has ended, each cell once, as it was asked last', () => {
  const turns = createTurns()
  turns.add(executionsOf(false, ['a1:a', 'b1:b']))
  const first = ids(turns.next())
  turns.add(executionsOf(false, ['a2:a', 'b2:b']))
  turns.add(executionsOf(false, ['a3:a', 'b3:b']))
  turns.add(executionsOf(false, ['c4:c', 'a4:a']))
  const early = ids(turns.next())
  turns.ended('a1')
  const half = ids(turns.next())
  turns.ended('b1')
  expect([first, early, half, ids(turns.next())]).toEqual([['a1', 'b1'], [], [], ['b3', 'c4', 'a4']])
})
