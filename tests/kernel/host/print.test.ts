import { expect, test } from 'vitest'
import { createPrinter } from '../../../kernel/host/print'
import type { KernelEventBody } from '../../../lib/protocol/events'
import { mime } from '../../../lib/protocol/mime'

const ids = { cellId: 'a', executionId: 'x' }
function printed(...bodies: KernelEventBody[]) {
  const lines: [string, string][] = []
  const printer = createPrinter(
    (text) => lines.push(['out', text]),
    (text) => lines.push(['err', text]),
  )
  for (const [i, body] of bodies.entries()) printer({ ...body, epoch: 1, seq: i + 1, at: 0 })
  return lines
}
const stream = (text: string, name: 'stdout' | 'stderr' = 'stdout') => ({
  type: 'stream' as const,
  ...ids,
  name,
  text,
})
const training = (state: 'running' | 'done', type: 'display_data' | 'update_display_data') => ({
  type,
  ...ids,
  metadata: {},
  displayId: 'd',
  data: {
    'text/plain': 'a card',
    [mime.training]: {
      state,
      epochs: 3,
      epoch: 3,
      batch: 1,
      seconds: 2.345,
      history: { loss: [2, 0.12345] },
      batchLoss: [],
    },
  },
})

test('streams come as they are, without colours, each to its own side', () => {
  expect(printed(stream('\u001b[31mred\u001b[39m\n'), stream('oops\n', 'stderr'))).toEqual([
    ['out', 'red\n'],
    ['err', 'oops\n'],
  ])
})

test('a value begins its own line', () => {
  const result = {
    type: 'execute_result' as const,
    ...ids,
    data: { 'text/plain': '42' },
    metadata: {},
    executionCount: 1,
  }
  expect(printed(stream('no end'), result)).toEqual([
    ['out', 'no end'],
    ['out', '\n42\n'],
  ])
})

test('training is said once, when it is over', () => {
  expect(
    printed(
      training('running', 'display_data'),
      training('running', 'update_display_data'),
      training('done', 'update_display_data'),
    ),
  ).toEqual([['out', 'training done: 3 of 3 epochs, 2.3 s, loss 0.1235\n']])
})

test('an error is its trace, a death its reason', () => {
  const error = {
    type: 'error' as const,
    ...ids,
    ename: 'E',
    evalue: 'v',
    traceback: ['E: v', '    at cell-a.ts:1:2'],
    frames: [],
  }
  expect(printed(error, { type: 'status', state: 'dead', reason: 'the kernel died: x' })).toEqual([
    ['err', 'E: v\n    at cell-a.ts:1:2\n'],
    ['err', 'the kernel died: x\n'],
  ])
})

test('what was left out of a stream is said', () => {
  expect(printed(stream('a\n'), { ...stream('b\n'), omitted: 12_345 })).toEqual([
    ['out', 'a\n'],
    ['out', '… 12,345 bytes left out\n'],
    ['out', 'b\n'],
  ])
})
