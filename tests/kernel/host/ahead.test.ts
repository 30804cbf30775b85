import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createCompiler } from '../../../kernel/host/compile'
import type { Execution } from '../../../kernel/host/executions'
import { createLaunch } from '../../../kernel/host/launch'
import { applyEvent, emptyState } from '../../../lib/notebook/state'
import type { HostMessage } from '../../../lib/protocol/kernel'
import { type Driven, drive } from './support'

/** Sessions with the kernel child that people get, which has cells before their turn. */
const root = resolve('.')
const base = mkdtempSync(resolve('node_modules/.ahead-'))
const home = join(base, 'home')
mkdirSync(home)
const started: Driven[] = []
afterEach(async () => {
  for (const { session } of started.splice(0)) await session.stop()
})
afterAll(() => rmSync(base, { recursive: true }))

let runs = 0
const asked = (cellId: string, source: string, inputs: string[] = []): Execution => ({
  cellId,
  executionId: `${cellId} ${++runs}`,
  source,
  inputs,
  inPageOrder: false,
  userId: '',
})
const ends = ['done', 'failed', 'interrupted', 'cancelled']

/** A session in which `a`, `b` (which uses it), `c` (which uses that) and `x` (which uses none) have run once. */
async function begin() {
  const cwd = join(base, String(runs))
  mkdirSync(cwd)
  const sent: HostMessage[] = []
  const answers: Promise<number>[] = []
  const launch = createLaunch({ root, home, cwd, data: [], tensorflow: { name: 'none' } })
  const driven = drive({
    createCompiler,
    launch: async (handlers) => {
      const child = await launch(handlers)
      const send = (...messages: HostMessage[]) => {
        sent.push(...messages)
        child.send(...messages)
      }
      const takeBack = (n: number) => {
        const answer = child.takeBack(n)
        answers.push(answer)
        return answer
      }
      return { ...child, send, takeBack }
    },
  })
  started.push(driven)
  const { session, events, until } = driven
  await session.start(1)
  let from = 0
  /** Settles when the last of them has ended. */
  const execute = async (...executions: Execution[]) => {
    from = events.length
    sent.length = 0
    session.execute(executions)
    await ended(executions.at(-1)!)
  }
  const ended = ({ executionId }: Execution) =>
    until(
      (event) =>
        event.type === 'execution' && event.executionId === executionId && ends.includes(event.state),
    )
  const b = () => asked('b', 'const b = a + 1\nb', ['a'])
  const c = () => asked('c', 'const c = b + 1\nc', ['b'])
  const x = () => asked('x', '"x"')
  await execute(asked('a', 'const a = 1'), b(), c(), x())
  return {
    ...driven,
    execute,
    ended,
    b,
    c,
    x,
    /** `a` as it says that it runs, and then goes on until `go`, without ever letting the event loop turn. */
    busy: (last = '') =>
      asked(
        'a',
        `const a = 10\nconsole.log('on')\nwhile (!require('node:fs').existsSync('${join(cwd, 'go')}')) {}${last}`,
      ),
    on: () => until((event) => event.type === 'stream' && event.text === 'on\n'),
    /** Settles when the child has said what it gives back. */
    takenBack: () => Promise.all(answers),
    go: () => writeFileSync(join(cwd, 'go'), ''),
    /** Cells that the child was sent before their turn since then. */
    ahead: () =>
      sent.flatMap((message) =>
        message.type === 'execute' && message.after !== undefined ? [message.cell.cellId] : [],
      ),
    /** What was said since the last `execute`: how executions ended and what they put out. */
    said: () =>
      events.slice(from).flatMap((event) => {
        if (event.type === 'stream') return [event.text.trim()]
        if (event.type === 'execute_result') return [`${event.cellId} = ${event.data['text/plain']}`]
        if (event.type === 'error') return [event.evalue]
        return event.type === 'execution' && ends.includes(event.state)
          ? [`${event.cellId} ${event.state}`]
          : []
      }),
    cells: () => events.reduce(applyEvent, emptyState()).cells,
  }
}

test('cells that have run before are sent ahead, and come in order with all that they say', async () => {
  const { execute, ahead, said, b, c, x } = await begin()
  await execute(asked('a', 'console.log("from a")\nconst a = 5'), b(), c(), x())
  expect(ahead()).toEqual(['b', 'c', 'x'])
  expect(said()).toEqual(['from a', 'a done', 'b = 6', 'b done', 'c = 7', 'c done', "x = 'x'", 'x done'])
})

test('nothing is sent ahead behind a cell that changes which names there are', async () => {
  const { execute, ahead, said, busy, on, go, b, c } = await begin()
  const over = execute(busy(), asked('x', 'const y = 3'), b(), c())
  await on()
  expect(ahead()).toEqual(['x'])
  go()
  await over
  expect(said()).toEqual(['on', 'a done', 'x done', 'b = 11', 'b done', 'c = 12', 'c done'])
})

test('a cell is taken back while the one before it spins, with those that wait for it', async () => {
  const { session, execute, ahead, said, busy, on, takenBack, go, b, c, x } = await begin()
  const taken = b()
  const over = execute(busy(), taken, c(), x())
  await on()
  expect(ahead()).toEqual(['b', 'c', 'x'])
  session.cancel(taken.executionId)
  session.cancel(taken.executionId)
  await takenBack()
  expect(said()).toEqual(['on', 'b cancelled', 'c cancelled'])
  go()
  await over
  expect(said()).toEqual(['on', 'b cancelled', 'c cancelled', 'a done', "x = 'x'", 'x done'])
})

test('a cell that is edited while it waits runs once, as it was edited', async () => {
  const { session, execute, ended, said, busy, on, takenBack, go, b, x } = await begin()
  const over = execute(busy(), b(), x())
  await on()
  const edited = asked('b', 'const b = a * 2\nb', ['a'])
  session.execute([edited], { inTurn: true })
  await takenBack()
  expect(said()).toEqual(['on', 'b cancelled'])
  go()
  await over
  await ended(edited)
  expect(said()).toEqual(['on', 'b cancelled', 'a done', "x = 'x'", 'x done', 'b = 20', 'b done'])
})

test('a cell that is deleted while it waits does not run, and its names are gone for those behind it', async () => {
  const { session, execute, said, cells, busy, on, takenBack, go, b, c } = await begin()
  const over = execute(busy(), b(), c())
  await on()
  session.forget('b')
  await takenBack()
  expect(said()).toEqual(['on', 'b cancelled'])
  go()
  await over
  expect(said()).toEqual(['on', 'b cancelled', 'a done', 'b is not defined', 'c failed'])
  expect(cells().b?.ran).toBe(undefined)
})

test('nothing is sent ahead behind a cell that was deleted while it runs', async () => {
  const { session, execute, said, busy, on, takenBack, go, b, x } = await begin()
  const over = execute(busy(), b(), x())
  await on()
  session.forget('a')
  await takenBack()
  go()
  await over
  expect(said()).toEqual(['on', 'a done', 'a is not defined', 'b failed', "x = 'x'", 'x done'])
})

test('an error cancels those that wait for it and no others', async () => {
  const { execute, ahead, said, b, c, x } = await begin()
  await execute(asked('a', 'const a = 1\nthrow new Error("no")'), b(), c(), x())
  expect(ahead()).toEqual(['b', 'c', 'x'])
  expect(said()).toEqual(['no', 'a failed', 'b cancelled', 'c cancelled', "x = 'x'", 'x done'])
})

test('a Stop ends the cell that runs and cancels what the child has, and the variables stay', async () => {
  const { session, execute, ahead, said, on, c, x } = await begin()
  const spins = () => asked('b', 'const b = a + 1\nif (b > 100) { console.log("on"); for (;;) {} }', ['a'])
  await execute(spins())
  await execute(asked('a', 'const a = 5'), spins(), c(), x())
  const over = execute(asked('a', 'const a = 100'), spins(), c(), x())
  await on()
  expect(ahead()).toEqual(['b', 'c', 'x'])
  expect(await session.interrupt()).toEqual({ kept: true })
  await over
  expect(said().toSorted()).toEqual(['a done', 'b interrupted', 'c cancelled', 'on', 'x cancelled'])
  await execute(asked('y', '[a, c]'), x())
  expect(said()).toEqual(['y = [ 100, 7 ]', 'y done', "x = 'x'", 'x done'])
})

test('each of the cells that a child had when it was killed says what became of it', async () => {
  const { execute, said, c, x } = await begin()
  const dies = () => asked('b', 'const b = a + 1\nif (b > 100) process.kill(process.pid, "SIGKILL")', ['a'])
  await execute(dies())
  await execute(asked('a', 'const a = 100'), dies(), c(), x())
  expect(said()).toEqual([
    'a done',
    expect.stringMatching(/^the kernel died: /),
    'b failed',
    'c cancelled',
    'x cancelled',
  ])
})

test('a restart cancels what the child has', async () => {
  const { session, execute, said, busy, on, b, c } = await begin()
  const over = execute(busy(), b(), c())
  await on()
  await session.restart(2)
  await over
  expect(said()).toEqual(['on', 'a interrupted', 'b cancelled', 'c cancelled'])
})

test('whenever a Stop comes, each cell has run once or not at all, as it says, and the next one runs', async () => {
  const { session, events, execute, said } = await begin()
  const cells = () => [
    asked('count', 'const count = { n: 0 }'),
    ...Array.from({ length: 40 }, (_, i) => asked(`t${i}`, 'count.n++', ['count'])),
  ]
  await execute(...cells())
  for (let stopAt = 0; stopAt < 30; stopAt++) {
    const executions = cells()
    const ids = new Set(executions.map(({ executionId }) => executionId))
    const endsOf = () =>
      events.filter((e) => e.type === 'execution' && ids.has(e.executionId) && ends.includes(e.state))
    const stopping = new Promise<{ kept: boolean }>((resolve) => {
      const look = () => {
        if (endsOf().length >= stopAt) resolve(session.interrupt())
        else setImmediate(look)
      }
      setImmediate(look)
    })
    await execute(...executions)
    expect(await stopping).toEqual({ kept: true })
    const states = endsOf().map((event) => event.type === 'execution' && event.state)
    expect(states.length).toBe(41)
    const done = states.filter((state) => state === 'done').length
    const stopped = states.filter((state) => state === 'interrupted').length
    await execute(asked('after', 'count.n', ['count']))
    const [shown, end] = said()
    expect(end).toBe('after done')
    if (done > 0) expect([0, stopped].map((more) => `after = ${done - 1 + more}`)).toContain(shown)
  }
})
