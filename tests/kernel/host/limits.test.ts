import { expect, test } from 'vitest'
import { createLimiter } from '../../../kernel/host/limits'
import type { KernelEventBody } from '../../../lib/protocol/events'

const ids = { cellId: 'a', executionId: 'x' }
const stream = (text: string, name: 'stdout' | 'stderr' = 'stdout') => ({
  type: 'stream' as const,
  ...ids,
  name,
  text,
})
const display = (value: string, displayId?: string) => ({
  type: 'display_data' as const,
  ...ids,
  data: { 'text/plain': value },
  metadata: {},
  ...(displayId && { displayId }),
})
const update = (value: string, displayId: string) => ({
  type: 'update_display_data' as const,
  ...ids,
  data: { 'text/plain': value },
  metadata: {},
  displayId,
})
const done: KernelEventBody = { type: 'execution', ...ids, state: 'done', ms: 1 }
const texts = (bodies: KernelEventBody[]) =>
  bodies.map((body) => (body.type === 'stream' ? [body.text, body.omitted ?? 0] : body.type))

test('within the rate everything passes at once', () => {
  const limiter = createLimiter({ bytesPerSecond: 10, messagesPerSecond: 5 })
  expect([
    limiter.offer(stream('1234567890'), 0),
    limiter.offer(done, 0),
    limiter.offer(stream('12345'), 500),
    limiter.waiting(),
  ]).toEqual([[stream('1234567890')], [done], [stream('12345')], false])
})

test('text above the rate waits, and comes as the rate allows', () => {
  const limiter = createLimiter({ bytesPerSecond: 10, messagesPerSecond: 5 })
  expect([
    texts(limiter.offer(stream('abcdefghijklmnopqrst'), 0)),
    texts(limiter.offer(stream('uv'), 0)),
    texts(limiter.drain(500)),
    texts(limiter.drain(1500)),
    limiter.waiting(),
  ]).toEqual([[['abcdefghij', 0]], [], [['klmno', 0]], [['pqrstuv', 0]], false])
})

test('the end of an execution comes after all of its waiting output', () => {
  const limiter = createLimiter({ bytesPerSecond: 4, messagesPerSecond: 5 })
  expect([texts(limiter.offer(stream('abcdefgh'), 0)), texts(limiter.offer(done, 0))]).toEqual([
    [['abcd', 0]],
    [['efgh', 0], 'execution'],
  ])
})

test('of a flood the first and the last text stay, and what was left out is counted', () => {
  const limiter = createLimiter({ bytesPerSecond: 1000, messagesPerSecond: 1000 })
  const out: KernelEventBody[] = []
  const line = `${'x'.repeat(99)}\n`
  for (let i = 0; i < 30_000; i++) out.push(...limiter.offer(stream(line), 0))
  out.push(...limiter.offer(done, 0))
  const streams = out.filter((body) => body.type === 'stream')
  const shown = streams.reduce((sum, body) => sum + body.text.length, 0)
  const omitted = streams.reduce((sum, body) => sum + (body.omitted ?? 0), 0)
  expect({ shown, omitted, messages: out.length }).toEqual({
    shown: 1_001_000,
    omitted: 3_000_000 - 1_001_000,
    messages: 27,
  })
})

test('characters of several bytes are counted as bytes and never cut in two', () => {
  const limiter = createLimiter({ bytesPerSecond: 1000, messagesPerSecond: 1000 })
  const all = '😀'.repeat(600_000)
  const out = [...limiter.offer(stream(all), 0), ...limiter.offer(done, 0)].filter((b) => b.type === 'stream')
  const text = out.map((body) => body.text).join('')
  const omitted = out.reduce((sum, body) => sum + (body.omitted ?? 0), 0)
  expect(text).toBe('😀'.repeat([...text].length))
  expect(Buffer.byteLength(text) + omitted).toBe(Buffer.byteLength(all))
})

test('of many updates of one display the last one stays', () => {
  const limiter = createLimiter({ bytesPerSecond: 1000, messagesPerSecond: 2 })
  const out = [
    ...limiter.offer(display('0', 'd'), 0),
    ...limiter.offer(display('other'), 0),
    ...Array.from({ length: 100 }, (_, i) => limiter.offer(update(String(i + 1), 'd'), 0)).flat(),
  ]
  expect([out, limiter.drain(1000), limiter.waiting()]).toEqual([
    [display('0', 'd'), display('other')],
    [update('100', 'd')],
    false,
  ])
})

test('of too many displays the last thousand stay, and a line says how many went', () => {
  const limiter = createLimiter({ bytesPerSecond: 1e9, messagesPerSecond: 100 })
  const out: KernelEventBody[] = []
  for (let i = 0; i < 5000; i++) out.push(...limiter.offer(display(String(i)), 0))
  const end = limiter.offer(done, 0)
  expect([out.length, end.length, end[0], end[1], end.at(-2)]).toEqual([
    100,
    1002,
    stream('3900 outputs left out: more than 100 a second\n', 'stderr'),
    display('4000'),
    display('4999'),
  ])
})

test('clearing takes back what waits', () => {
  const limiter = createLimiter({ bytesPerSecond: 1000, messagesPerSecond: 1 })
  const clear = { type: 'clear_output' as const, ...ids, wait: false }
  const out = [display('a'), display('b'), stream('c'), clear, display('d')].flatMap((b) =>
    limiter.offer(b, 0),
  )
  expect([out, limiter.flush()]).toEqual([[display('a')], [clear, display('d')]])
})
