import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type Launch, startChild } from '../../../kernel/host/child'
import { applyEvent, emptyState } from '../../../lib/notebook/state'
import type { KernelEvent } from '../../../lib/protocol/events'
import { type Driven, drive, plain, plainCompiler, temporary } from './support'

const started: Driven[] = []
afterEach(async () => {
  for (const { session } of started.splice(0)) await session.stop()
})
async function begin(options: Parameters<typeof drive>[0] = {}) {
  const driven = drive(options)
  started.push(driven)
  await driven.session.start(1)
  await driven.until((event) => event.type === 'status' && event.state === 'idle')
  return driven
}
const fold = (events: KernelEvent[]) => events.reduce(applyEvent, emptyState())
const isStatus = (state: string) => (event: KernelEvent) => event.type === 'status' && event.state === state

test('a cell is queued, runs, prints, gives its value and ends, numbered without a gap', async () => {
  const { run, events } = await begin()
  const ids = { cellId: 'c1', executionId: 'x1' }
  const source = "kernel.print('hello\\n'); return 2"
  expect((await run(source)).map(plain)).toEqual([
    { type: 'execution', ...ids, state: 'queued', asked: { source, inputs: [] } },
    { type: 'status', state: 'busy' },
    { type: 'execution', ...ids, state: 'running', executionCount: 1 },
    { type: 'stream', ...ids, name: 'stdout', text: 'hello\n' },
    { type: 'execute_result', ...ids, data: { 'text/plain': '2' }, metadata: {}, executionCount: 1 },
    { type: 'execution', ...ids, state: 'done', executionCount: 1, ms: 0 },
    { type: 'status', state: 'idle' },
  ])
  expect(events.map(({ epoch, seq }) => [epoch, seq])).toEqual(events.map((_, i) => [1, i + 1]))
})

test('a kernel that follows another is told what the inputs were set to, but those of deleted cells', async () => {
  const { session, run, until } = await begin()
  const change = (cellId: string, value: number) => ({ cellId, name: 'k', definition: '', value, stamp: '' })
  expect(session.setInputs([change('c1', 1), change('c2', 2)])).toBe(true)
  session.setInputs([change('c1', 3)])
  session.forget('c2')
  await session.restart(2)
  await until((event) => event.epoch === 2 && event.type === 'status' && event.state === 'idle')
  const events = await run('return String(kernel.inputs)')
  expect(events.find(({ type }) => type === 'execute_result')).toMatchObject({
    data: { 'text/plain': 'k 3' },
  })
  await session.stop()
  expect(session.setInputs([change('c1', 4)])).toBe(false)
})

test('a failing cell cancels those that wait behind it', async () => {
  const { run, events } = await begin()
  await run("throw new TypeError('no')", 'return 1', 'return 2')
  const states = Object.values(fold(events).cells).map(({ state, outputs }) => [state, outputs])
  const error = {
    output_type: 'error',
    ename: 'TypeError',
    evalue: 'no',
    traceback: ['TypeError: no'],
    frames: [],
  }
  expect(states).toEqual([
    ['failed', [error]],
    ['cancelled', []],
    ['cancelled', []],
  ])
})

test('a syntax error names its cell and place, and the kernel goes on', async () => {
  const { run, events } = await begin()
  await run('syntax error')
  await run('1; return 3')
  expect(events.filter((event) => event.type === 'error').map(plain)).toEqual([
    {
      type: 'error',
      cellId: 'c1',
      executionId: 'x1',
      ename: 'SyntaxError',
      evalue: 'unexpected token',
      traceback: ['SyntaxError: unexpected token', '    at cell-c1.ts:1:8'],
      frames: [{ cellId: 'c1', line: 1, column: 8 }],
    },
  ])
  expect(fold(events).cells.c1?.state).toBe('done')
})

const deaths: [name: string, source: string, reason: RegExp][] = [
  ['that exits', 'process.exit(7)', /^the kernel died: it ended with exit code 7$/],
  [
    'that crashes',
    "process.kill(process.pid, 'SIGSEGV'); await new Promise(() => {})",
    /^the kernel died: it was ended by SIGSEGV$/,
  ],
  ['that aborts', 'process.abort()', /^the kernel died: it was ended by SIGABRT$/],
  [
    'that takes all memory',
    'const all = []; while (all.length < 60) { all.push(Buffer.alloc(2e7, 1)); await new Promise((r) => setTimeout(r, 20)) }',
    /^the kernel died: out of memory: it used more than 0\.5 GiB$/,
  ],
  [
    'that writes garbage to the pipe',
    "kernel.raw('garbage garbage garbage'); await new Promise(() => {})",
    /^the kernel died: it broke its pipe/,
  ],
]
for (const [name, source, reason] of deaths)
  test(`a child ${name} is reported dead, with the reason on its cell`, async () => {
    const { run, events, until } = await begin({ memoryBytes: 2 ** 29 })
    await run(source, 'return 1')
    const status = await until(isStatus('dead'))
    expect(status).toMatchObject({ reason: expect.stringMatching(reason) })
    const { cells, kernel } = fold(events)
    expect([kernel.state, cells.c1?.state, cells.c1?.outputs.at(-1), cells.c2?.state]).toEqual([
      'dead',
      'failed',
      expect.objectContaining({ output_type: 'error', ename: 'KernelDied', evalue: kernel.reason }),
      'cancelled',
    ])
  })

test('an interrupt ends the running cell, cancels the others and keeps the variables', async () => {
  const { run, session, until, events } = await begin()
  await run('globalThis.kept = 5')
  const ran = run("kernel.print('on'); await new Promise(() => {})", 'return 1')
  await until((event) => event.type === 'stream')
  expect(await session.interrupt()).toEqual({ kept: true })
  await ran
  await run('return kept')
  const results = events.filter((event) => event.type === 'execute_result')
  expect(results.map(({ data }) => data)).toEqual([{ 'text/plain': '5' }])
  const states = events
    .filter((event) => event.type === 'execution')
    .map(({ executionId, state }) => `${executionId} ${state}`)
  expect(states.slice(3, -3)).toEqual([
    'x2 queued',
    'x3 queued',
    'x2 running',
    'x3 cancelled',
    'x2 interrupted',
  ])
})

test('a cell that cannot be stopped is ended with its kernel, and a new one begins and says so', async () => {
  const { run, session, until, events } = await begin()
  const ran = run("kernel.print('on'); for (;;);")
  await until((event) => event.type === 'stream')
  expect(await session.interrupt()).toEqual({ kept: false })
  await ran
  await until((event) => event.epoch === 2 && isStatus('idle')(event))
  const statuses = events
    .filter((event) => event.type === 'status')
    .map(({ epoch, state, reason }) => [epoch, state, reason])
  expect(statuses.filter(([, state]) => state === 'restarting')).toEqual([
    [1, 'restarting', 'the cell could not be stopped'],
  ])
  expect(fold(events).cells.c1?.state).toBe('interrupted')
  await run('return typeof kept')
  expect(fold(events).cells.c1?.outputs).toMatchObject([{ data: { 'text/plain': 'undefined' } }])
})

test('a queued cell can be taken back', async () => {
  const { session, run, until, events } = await begin()
  const ran = run("kernel.print('on'); await new Promise((r) => setTimeout(r, 100))", 'return 1')
  await until((event) => event.type === 'stream')
  session.cancel('x2')
  await ran
  await until((event) => event.type === 'execution' && event.state === 'done')
  expect(events.some((event) => event.type === 'execute_result')).toBe(false)
})

test('a restart is a new life with its own numbers', async () => {
  const { session, events, until } = await begin()
  await session.restart(2)
  await until((event) => event.epoch === 2 && isStatus('idle')(event))
  const numbers = events.filter(({ epoch }) => epoch === 2).map(({ seq }) => seq)
  expect(numbers).toEqual(numbers.map((_, i) => i + 1))
  await session.stop('enough')
  expect(fold(events).kernel).toMatchObject({ state: 'stopped', reason: 'enough' })
})

test('a promotion hands the bundle on, and its answer goes back to the cell', async () => {
  const promoted = { endpoint: 'e', version: '1.0.0', url: 'u', page: 'p' }
  const seen: unknown[] = []
  const { run, events } = await begin({
    promote: async (promotion, _request, bundle) => {
      seen.push(promotion.cellSource, promotion.environment, Buffer.from(bundle).toString())
      return promoted
    },
  })
  const source = "return kernel.promote('the bundle')"
  await run(source)
  expect(seen).toEqual([source, { node: '1' }, 'the bundle'])
  expect(fold(events).cells.c1?.outputs).toMatchObject([{ data: { 'text/plain': JSON.stringify(promoted) } }])
})

test('a refused promotion is an error of the cell', async () => {
  const { run, events } = await begin()
  await run("return kernel.promote('the bundle')")
  expect(fold(events).cells.c1?.outputs).toMatchObject([{ output_type: 'error', evalue: 'no web' }])
})

test('what a cell could promote is asked of the child', async () => {
  const { session } = await begin()
  expect(await session.ask('candidates', { cellId: 'c9' })).toEqual([
    { variable: 'model', what: 'layers model', detail: 'c9' },
  ])
})

test('a million lines are drained, the page gets head and tail, the log has all', async () => {
  const { run, events, folder, session } = await begin()
  const rss = process.memoryUsage().rss
  await run('kernel.flood(1_000_000)')
  // Before the log is read: a million lines take that much in this test itself.
  const grown = process.memoryUsage().rss - rss
  const streams = events.filter((event) => event.type === 'stream')
  const shown = streams.map(({ text }) => text).join('')
  const omitted = streams.reduce((sum, event) => sum + (event.omitted ?? 0), 0)
  const log = join(folder, 'logs', 'x1.log')
  await session.logged('x1')
  const lines = readFileSync(log, 'utf8').split('\n')
  expect([
    lines.length,
    lines[0],
    lines[999_999],
    shown.startsWith('line 0\nline 1\n'),
    shown.endsWith('line 999999\n'),
  ]).toEqual([1_000_001, 'line 0', 'line 999999', true, true])
  expect(shown.length + omitted).toBe(11_888_890)
  expect(grown).toBeLessThan(100_000_000)
})

test('a value of 50 MB is cut for the page and whole in the log', async () => {
  const { run, events, folder, session } = await begin()
  await run("return 'x'.repeat(50_000_000)")
  const [output] = fold(events).cells.c1!.outputs
  const text = output?.output_type === 'execute_result' ? String(output.data['text/plain']) : ''
  const sentence =
    "… cut: 50,000,000 bytes are more than the 10,000,000 that a page shows; the whole is in the cell's log"
  expect(text).toBe(`${'x'.repeat(100_000)}\n${sentence}`)
  await session.logged('x1')
  expect(statSync(join(folder, 'logs', 'x1.log')).size).toBe(50_000_001)
})

test('a child that cannot start says why', async () => {
  const folder = temporary()
  const launch: Launch = (handlers) =>
    startChild({ script: join(folder, 'missing.mjs'), cwd: folder, memoryBytes: 2 ** 30 }, handlers)
  const driven = drive({ launch })
  await driven.session.start(1)
  const status = await driven.until(isStatus('dead'))
  expect(status).toMatchObject({
    reason: expect.stringMatching(
      /^the kernel could not be started: it ended with exit code 1; it said: .*missing\.mjs/s,
    ),
  })
})

test('a full JavaScript heap is told from other deaths', async () => {
  const folder = temporary()
  const script = join(process.cwd(), 'tests/kernel/host/fixtures/child.mjs')
  const launch: Launch = (handlers) =>
    startChild(
      { script, nodeFlags: ['--max-old-space-size=40'], cwd: folder, memoryBytes: 2 ** 30 },
      handlers,
    )
  const { run, events } = await begin({ launch })
  await run('const all = []; for (;;) all.push(new Array(1000).fill({}))')
  expect(fold(events).kernel.reason).toBe('the kernel died: out of memory: the JavaScript heap is full')
})

describe('executions that wait for each other', () => {
  const of = (cellId: string, source: string, inputs: string[] = []) => ({
    cellId,
    executionId: `of-${cellId}`,
    source,
    inputs,
    inPageOrder: false,
    userId: '',
  })
  const endsOf = (events: KernelEvent[]) =>
    Object.fromEntries(Object.entries(fold(events).cells).map(([id, { state }]) => [id, state]))

  test('an error stops its dependants and no others', async () => {
    const { session, events, until } = await begin()
    session.execute([
      of('a', "throw new Error('no')"),
      of('b', 'return 1', ['a']),
      of('x', 'return 2'),
      of('c', 'return 3', ['b']),
      of('y', 'return 4', ['x']),
    ])
    await until((event) => event.type === 'execution' && event.cellId === 'y' && event.state === 'done')
    expect(endsOf(events)).toEqual({ a: 'failed', b: 'cancelled', x: 'done', c: 'cancelled', y: 'done' })
  })

  test('a cell that cannot be compiled stops its dependants and no others', async () => {
    const { session, events, until } = await begin()
    session.execute([of('a', 'syntax error'), of('b', 'return 1', ['a']), of('x', 'return 2')])
    await until((event) => event.type === 'execution' && event.cellId === 'x' && event.state === 'done')
    expect(endsOf(events)).toEqual({ a: 'failed', b: 'cancelled', x: 'done' })
  })

  test('a deleted cell is taken from the queue, and what it ran counts no more', async () => {
    const { session, events, until } = await begin()
    session.execute([of('a', 'globalThis.a = 1')])
    await until((event) => event.type === 'execution' && event.state === 'done')
    session.forget('a')
    session.forget('never')
    const forgotten = events.filter((event) => event.type === 'forgotten').map(plain)
    expect(forgotten).toEqual([{ type: 'forgotten', cellId: 'a', executionId: 'of-a' }])
    expect(fold(events).cells.a?.ran).toBe(undefined)
  })

  test('the deletion of one of two cells that define a name says that the other has no value any more', async () => {
    const { session, events, until } = await begin({
      createCompiler: () => ({ ...plainCompiler(), forget: (id) => (id === 'b' ? ['a', 'never ran'] : []) }),
    })
    session.execute([of('a', 'return 1'), of('b', 'return 2')])
    await until((event) => event.type === 'execution' && event.cellId === 'b' && event.state === 'done')
    session.forget('b')
    expect(events.flatMap((event) => (event.type === 'forgotten' ? [event.cellId] : []))).toEqual(['b', 'a'])
  })

  test('a cell that is deleted while it runs is forgotten at its end', async () => {
    const { session, events, until } = await begin()
    session.execute([of('a', "kernel.print('on'); await new Promise((r) => setTimeout(r, 50))")])
    await until((event) => event.type === 'stream')
    session.forget('a')
    await until((event) => event.type === 'forgotten')
    expect(events.slice(-3).map((event) => event.type)).toEqual(['execution', 'forgotten', 'status'])
  })

  test('what is asked in turn while it runs, runs once more, as it was asked last', async () => {
    const { session, events, until } = await begin()
    const move = (n: number) =>
      session.execute(
        [
          {
            ...of('a', `kernel.print('a'); await new Promise((r) => setTimeout(r, 20)); return ${n}`),
            executionId: `a${n}`,
          },
          { ...of('b', 'return 1', ['a']), executionId: `b${n}` },
        ],
        { inTurn: true },
      )
    move(1)
    await until((event) => event.type === 'stream')
    for (let n = 2; n <= 60; n++) move(n)
    await until(
      (event) => event.type === 'execution' && event.executionId === 'b60' && event.state === 'done',
    )
    const ended = events
      .filter((event) => event.type === 'execution' && event.state === 'done')
      .map((event) => event.type === 'execution' && event.executionId)
    expect(ended).toEqual(['a1', 'b1', 'a60', 'b60'])
  })

  test('all of one turn see the inputs as they were at its beginning, the next one the newest', async () => {
    const { session, events, until } = await begin()
    const seen =
      "kernel.print('on'); await new Promise((r) => setTimeout(r, 20)); return String(kernel.inputs)"
    const move = (n: number) => {
      session.setInputs([{ cellId: 'k', name: 'k', definition: '', value: n, stamp: '' }])
      const turn = ['a', 'b'].map((cell) => ({ ...of(cell, seen), executionId: `${cell}${n}` }))
      session.execute(turn, { inTurn: true })
    }
    move(1)
    await until((event) => event.type === 'stream')
    for (let n = 2; n <= 60; n++) move(n)
    await until(
      (event) => event.type === 'execution' && event.executionId === 'b60' && event.state === 'done',
    )
    const results = events.flatMap((event) =>
      event.type === 'execute_result' ? [[event.executionId, event.data['text/plain']]] : [],
    )
    expect(results).toEqual([
      ['a1', 'k 1'],
      ['b1', 'k 1'],
      ['a60', 'k 60'],
      ['b60', 'k 60'],
    ])
  })
})

test("a cell's output is taken away on request, and that of a replaced execution is left alone", async () => {
  const { session, run, until, events } = await begin()
  await run("kernel.print('hello'); return 2")
  const of = { cellId: 'c1', executionId: 'x1' }
  session.clear([{ cellId: 'c1', executionId: 'older' }, of])
  await until((event) => event.type === 'clear_output' && event.executionId === 'x1')
  expect(fold(events).cells.c1).toMatchObject({ executionId: 'x1', state: 'done', outputs: [] })
})
