import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createCompiler } from '../../../kernel/host/compile'
import { createLaunch } from '../../../kernel/host/launch'
import { isolationLevel } from '../../../kernel/isolate/level'
import { applyEvent, emptyState } from '../../../lib/notebook/state'
import type { KernelEvent } from '../../../lib/protocol/events'
import { type Driven, drive } from './support'

/** Sessions with the kernel child that people get. */
const root = resolve('.')
const base = mkdtempSync(resolve('node_modules/.kernel-'))
const home = join(base, '.cellar')
mkdirSync(home)
writeFileSync(join(home, 'config.json'), 'the secret')
afterAll(() => rmSync(base, { recursive: true }))

const started: Driven[] = []
afterEach(async () => {
  for (const { session } of started.splice(0)) await session.stop()
})
async function begin() {
  const cwd = join(home, 'work', String(started.length))
  const launch = createLaunch({ root, home, cwd, data: [base], tensorflow: { name: 'tensorflow' } })
  const driven = drive({ launch, createCompiler })
  started.push(driven)
  await driven.session.start(1)
  await driven.until((event) => event.type === 'status' && event.state === 'idle')
  return driven
}
const cells = (events: KernelEvent[]) => events.reduce(applyEvent, emptyState()).cells
const shown = (events: KernelEvent[], id = 'c1') =>
  cells(events)[id]?.outputs.map((output) =>
    output.output_type === 'stream'
      ? output.text
      : output.output_type === 'error'
        ? output.evalue
        : output.data['text/plain'],
  )

test('names live from cell to cell, and the last expression is shown', async () => {
  const { run, events } = await begin()
  await run('const a: number = 20\nconsole.log("a is", a)', 'const b = () => a * 2', 'a + 1 + b()')
  expect([shown(events), shown(events, 'c2'), shown(events, 'c3')]).toEqual([['a is 20\n'], [], ['61']])
})

test('a stopped loop leaves the variables', async () => {
  const { run, events, session, until } = await begin()
  await run('0', 'let kept = 5')
  const ran = run('console.log("on"); for (;;) {}')
  await until((event) => event.type === 'stream')
  expect(await session.interrupt()).toEqual({ kept: true })
  await ran
  expect(cells(events).c1?.state).toBe('interrupted')
  await run('kept')
  expect(shown(events)).toEqual(['5'])
})

test('a cell that ends the process is told on the cell', async () => {
  const { run, events } = await begin()
  await run('console.log("bye"); process.exit(3)')
  expect(shown(events)).toEqual(['bye\n', 'the kernel died: it ended with exit code 3'])
})

test.runIf((await isolationLevel()).level === 2)('a cell finds no secret of Cellar', async () => {
  const { run, events } = await begin()
  await run(
    `import { readFileSync, readdirSync, existsSync } from 'node:fs'
const files = [${JSON.stringify(join(home, 'config.json'))}, ${JSON.stringify(join(root, '.cellar', 'config.json'))}, '/etc/shadow']
const processes = readdirSync('/proc').filter((name) => /^\\d+$/.test(name))
const environments = processes.map((pid) => { try { return readFileSync('/proc/' + pid + '/environ', 'utf8') } catch { return '' } })
;[files.filter((file) => existsSync(file)).length, environments.join().includes('CELLAR_HOME'), processes.length < 6].join()`,
  )
  expect(shown(events)).toEqual(["'0,false,true'"])
})

test('a million printed lines are drained and counted to the last byte', async () => {
  const { run, events } = await begin()
  await run('for (let i = 0; i < 1_000_000; i++) console.log("line", i)')
  const streams = events.filter((event) => event.type === 'stream')
  const bytes = streams.reduce((sum, { text, omitted = 0 }) => sum + text.length + omitted, 0)
  expect([bytes, streams.at(-1)?.text.endsWith('line 999999\n')]).toEqual([11_888_890, true])
})
