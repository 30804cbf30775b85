import { expect, test } from 'vitest'
import { createOverflow } from '../../../kernel/host/overflow'
import type { KernelEventBody } from '../../../lib/protocol/events'

const of = { cellId: 'c', executionId: 'x' }
const stdout = (text: string): KernelEventBody => ({ type: 'stream', ...of, name: 'stdout', text })
const stderr = (text: string): KernelEventBody => ({ type: 'stream', ...of, name: 'stderr', text })
const display = (text: string, displayId?: string): KernelEventBody => ({
  type: displayId ? 'update_display_data' : 'display_data',
  ...of,
  data: { 'text/plain': text },
  metadata: {},
  displayId: displayId as string,
})
const failure = (evalue: string): KernelEventBody => ({
  type: 'error',
  ...of,
  ename: 'Error',
  evalue,
  traceback: [],
  frames: [],
})
const done: KernelEventBody = { type: 'execution', ...of, state: 'done' }
const said = (what: string) =>
  `left out while this machine could not reach Cellar and had no more room: ${what}\n`

function begin() {
  const passed: KernelEventBody[] = []
  let full = false
  const offer = createOverflow(
    () => full,
    (body) => passed.push(body),
  )
  return {
    passed,
    offer: (...bodies: KernelEventBody[]) => bodies.forEach(offer),
    fill: (isFull: boolean) => {
      full = isFull
    },
  }
}

test('with room everything passes as it is', () => {
  const { passed, offer } = begin()
  const bodies = [stdout('a'), display('b'), failure('c'), done]
  offer(...bodies)
  expect(passed).toEqual(bodies)
})

test('what is left out is counted, and said before the next output that has room', () => {
  const { passed, offer, fill } = begin()
  offer(stdout('before'))
  fill(true)
  offer(stdout('häh'), stdout('more'), stderr('err'), display('b'), display('c'))
  fill(false)
  offer(stdout('after'))
  expect(passed).toEqual([
    stdout('before'),
    { ...stdout(''), omitted: 8 },
    { ...stderr(said('11 bytes of text, 2 outputs')), omitted: 3 },
    stdout('after'),
  ])
})

test('how an execution ends is never left out, and before it all that is lacking is said', () => {
  const { passed, offer, fill } = begin()
  fill(true)
  offer(display('b'), failure('why'), done)
  expect(passed).toEqual([failure('why'), stderr(said('1 outputs')), done])
})

test('errors without end are left out, too', () => {
  const { passed, offer, fill } = begin()
  fill(true)
  for (let i = 0; i < 1000; i++) offer(failure(`late ${i}`))
  offer(done)
  expect([passed.length, passed.at(-2)]).toEqual([22, stderr(said('980 outputs'))])
})

test('what was cleared is no loss, and of a display that changes the last state is kept', () => {
  const { passed, offer, fill } = begin()
  const clear: KernelEventBody = { type: 'clear_output', ...of, wait: true }
  fill(true)
  offer(stdout('cleared'), clear, display('epoch 1', 'd'), display('epoch 2', 'd'), done)
  expect(passed).toEqual([clear, display('epoch 2', 'd'), done])
})

test('the end of a kernel says what is lacking of late output', () => {
  const { passed, offer, fill } = begin()
  const stopped: KernelEventBody = { type: 'status', state: 'stopped' }
  fill(true)
  offer(stdout('late'), { type: 'status', state: 'idle' }, stopped)
  expect(passed).toEqual([
    { type: 'status', state: 'idle' },
    { ...stdout(''), omitted: 4 },
    stderr(said('4 bytes of text')),
    stopped,
  ])
})
