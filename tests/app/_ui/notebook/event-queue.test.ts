import { expect, test } from 'vitest'
import { createEventQueue, joinStreams } from '../../../../app/_ui/notebook/event-queue'
import { applyEvent, emptyState, type NotebookState } from '../../../../lib/notebook/state'
import type { KernelEvent } from '../../../../lib/protocol/events'

const cell = { cellId: 'a', executionId: 'e' }
const at = (seq: number) => ({ epoch: 1, seq, at: 0 })
const out = (seq: number, text: string, omitted?: number): KernelEvent => ({
  type: 'stream',
  ...cell,
  name: 'stdout',
  text,
  ...(omitted !== undefined && { omitted }),
  ...at(seq),
})
const events: KernelEvent[] = [
  { type: 'execution', ...cell, state: 'running', executionCount: 1, ...at(1) },
  out(2, 'a'),
  out(3, 'b'),
  out(4, 'c', 10),
  out(5, 'd'),
  { type: 'stream', ...cell, name: 'stderr', text: 'e', ...at(6) },
  out(7, 'f'),
  { type: 'execution', ...cell, state: 'done', ms: 3, ...at(8) },
]

test('joined streams fold into the same state', () => {
  expect(joinStreams(events).map(({ seq }) => seq)).toEqual([1, 3, 5, 6, 7, 8])
  expect(joinStreams(events).reduce(applyEvent, emptyState())).toEqual(
    events.reduce(applyEvent, emptyState()),
  )
})

test('events wait for a flush, and are then folded in order', () => {
  let state: NotebookState = emptyState()
  let writes = 0
  const queue = createEventQueue(
    () => state,
    (next) => {
      state = next
      writes++
    },
  )
  queue.push(events.slice(0, 3))
  queue.push(events.slice(3))
  expect(state).toEqual(emptyState())
  queue.flush()
  expect([state, writes]).toEqual([events.reduce(applyEvent, emptyState()), 1])
})
