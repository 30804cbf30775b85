import { describe, expect, test } from 'vitest'
import { applyEvent, applyEvents, emptyState, type NotebookState } from '../../../lib/notebook/state'
import type { KernelEvent, KernelEventBody } from '../../../lib/protocol/events'
import { limits } from '../../../lib/protocol/limits'

const cell = { cellId: 'a', executionId: 'x1' }
const execution = (state: 'queued' | 'running' | 'done' | 'failed', more = {}) =>
  ({ type: 'execution', ...cell, state, ...more }) as const
const stdout = (text: string, more = {}) =>
  ({ type: 'stream', ...cell, name: 'stdout', text, ...more }) as const

/** Numbers bodies from `seq` on in epoch 1 and folds them. */
function fold(bodies: KernelEventBody[], from: NotebookState = emptyState()) {
  return bodies.reduce<NotebookState>((state, body) => {
    const event = { ...body, epoch: 1, seq: state.position.seq + 1, at: 1000 } as KernelEvent
    return applyEvent(state, event)
  }, from)
}

describe('applyEvent', () => {
  test('an execution shows its outputs in order, with streams of one name joined', () => {
    const state = fold([
      execution('queued'),
      execution('running', { executionCount: 3 }),
      stdout('one\n'),
      stdout('two\n'),
      { type: 'stream', ...cell, name: 'stderr', text: 'careful\n' },
      { type: 'execute_result', ...cell, data: { 'text/plain': '2' }, metadata: {}, executionCount: 3 },
      execution('done', { ms: 12 }),
    ])
    expect(state.cells.a).toEqual({
      executionId: 'x1',
      state: 'done',
      executionCount: 3,
      ms: 12,
      startedAt: 1000,
      clearOnNext: false,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: 'one\ntwo\n' },
        { output_type: 'stream', name: 'stderr', text: 'careful\n' },
        { output_type: 'execute_result', data: { 'text/plain': '2' }, metadata: {}, execution_count: 3 },
      ],
    })
  })

  test('a kernel that was ended unasked says so until a cell runs in the next one; one that a person stops does not', () => {
    const ended = fold([{ type: 'status', state: 'stopped', reason: 'nobody used it', unasked: true }])
    expect(ended.kernel).toEqual({ state: 'stopped', reason: 'nobody used it', lost: 'nobody used it' })
    const started = fold([{ type: 'status', state: 'idle' }], ended)
    expect(started.kernel.lost).toBe('nobody used it')
    expect(fold([execution('queued'), execution('running')], started).kernel).toEqual({ state: 'idle' })
    expect(fold([{ type: 'status', state: 'stopped', reason: 'stopped' }], started).kernel.lost).toBe(
      undefined,
    )
  })

  test('a kernel that was replaced unasked says so until a cell runs in the new one', () => {
    const replaced: KernelEventBody[] = [
      { type: 'status', state: 'restarting', reason: 'the cell could not be stopped', unasked: true },
      { type: 'status', state: 'idle' },
    ]
    const lost = fold(replaced)
    expect(lost.kernel).toEqual({ state: 'idle', lost: 'the cell could not be stopped' })
    expect(fold([execution('queued'), execution('running')], lost).kernel).toEqual({ state: 'idle' })
    const asked: KernelEventBody = { type: 'status', state: 'restarting', reason: 'restarted' }
    expect(fold([asked], lost).kernel).toEqual({ state: 'restarting', reason: 'restarted' })
  })

  test('an event that comes again changes nothing', () => {
    const state = fold([execution('running'), stdout('once\n')])
    expect(applyEvent(state, { ...stdout('once\n'), epoch: 1, seq: 2, at: 1000 })).toBe(state)
  })

  test('a rerun keeps the old outputs until the first new one', () => {
    const before = fold([execution('running'), stdout('old\n'), execution('done')])
    const again = { cellId: 'a', executionId: 'x2' }
    const running = fold([{ type: 'execution', ...again, state: 'running' }], before)
    expect(running.cells.a?.outputs).toEqual([{ output_type: 'stream', name: 'stdout', text: 'old\n' }])
    const printed = fold([{ type: 'stream', ...again, name: 'stdout', text: 'new\n' }], running)
    expect(printed.cells.a?.outputs).toEqual([{ output_type: 'stream', name: 'stdout', text: 'new\n' }])
  })

  test('a rerun that shows nothing takes the old outputs away when it ends', () => {
    const again = { cellId: 'a', executionId: 'x2' }
    const state = fold([
      execution('running'),
      stdout('old\n'),
      execution('done'),
      { type: 'execution', ...again, state: 'running' },
      { type: 'execution', ...again, state: 'done' },
    ])
    expect(state.cells.a?.outputs).toEqual([])
  })

  test('late output of a replaced execution is not shown', () => {
    const again = { cellId: 'a', executionId: 'x2' }
    const state = fold([
      execution('running'),
      execution('done'),
      { type: 'execution', ...again, state: 'running' },
      stdout('from the past\n'),
      { type: 'execution', ...again, state: 'done' },
    ])
    expect(state.cells.a?.outputs).toEqual([])
  })

  test('an updated display changes wherever it is shown', () => {
    const data = (text: string) => ({ data: { 'text/plain': text }, metadata: {} })
    const state = fold([
      execution('running'),
      { type: 'display_data', ...cell, ...data('10 %'), displayId: 'd' },
      { type: 'update_display_data', ...cell, ...data('20 %'), displayId: 'd' },
    ])
    expect(state.cells.a?.outputs).toEqual([
      { output_type: 'display_data', display_id: 'd', ...data('20 %') },
    ])
  })

  test('the death of a kernel ends what ran and cancels what waited', () => {
    const state = fold([
      execution('running'),
      { type: 'execution', cellId: 'b', executionId: 'x2', state: 'queued' },
      { type: 'status', state: 'dead', reason: 'out of memory' },
    ])
    expect([state.kernel.state, state.kernel.reason, state.cells.a?.state, state.cells.b?.state]).toEqual([
      'dead',
      'out of memory',
      'interrupted',
      'cancelled',
    ])
  })

  test('bytes left out close the head; all that follows is tail', () => {
    const state = fold([
      execution('running'),
      stdout('head\n'),
      stdout('later\n', { omitted: 70 }),
      stdout('last\n'),
    ])
    expect(state.cells.a?.outputs).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'head\n', omitted: 70, tail: 'later\nlast\n' },
    ])
  })

  test('a second gap begins the tail anew, and what it held is counted: no line is spliced from two', () => {
    const state = fold([
      execution('running'),
      stdout('head\n'),
      stdout('é 12', { omitted: 70 }),
      stdout('99 last\n', { omitted: 30 }),
    ])
    expect(state.cells.a?.outputs).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'head\n', omitted: 105, tail: '99 last\n' },
    ])
  })

  test('a long stream keeps its first and last part and counts what is gone', () => {
    const half = 'x'.repeat(limits.headBytes)
    const state = fold([
      execution('running'),
      stdout(half),
      stdout('y'.repeat(limits.tailBytes)),
      stdout('end'),
    ])
    const [output] = state.cells.a!.outputs
    expect(
      output?.output_type === 'stream' && [output.text === half, output.omitted, output.tail?.slice(-4)],
    ).toEqual([true, 3, 'yend'])
  })
})

test('several events at once give what they give one by one, and leave the state before as it was', () => {
  const bodies: KernelEventBody[] = [
    execution('queued', { asked: { source: '1', inputs: [] } }),
    { type: 'status', state: 'busy' },
    execution('running', { executionCount: 1 }),
    stdout('a'),
    { type: 'execution', cellId: 'b', executionId: 'y1', state: 'queued' },
    execution('done', { ms: 1 }),
    { type: 'forgotten', ...cell },
    { type: 'status', state: 'dead', reason: 'it died' },
    { type: 'execution', cellId: 'b', executionId: 'y2', state: 'queued' },
  ]
  const events = bodies.map((body, i) => ({ ...body, epoch: 1, seq: i + 1, at: 1000 }) as KernelEvent)
  const before = fold([])
  const copy = structuredClone(before)
  const half = applyEvents(before, events.slice(0, 5))
  const kept = structuredClone(half)
  expect(applyEvents(half, events)).toEqual(events.reduce(applyEvent, emptyState()))
  expect([before, half]).toEqual([copy, kept])
})
