import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endsAfter, isAlive, livesStill, markOf } from '../../../lib/stack/processes'
import { claimRun, liveRun, readRunRecord, writeRunRecord } from '../../../lib/stack/run-record'
import { type Supervisor, supervise } from '../../../lib/stack/supervisor'

/** Says that it runs, then says which signal came and ends a little later. */
const polite = `
process.on('SIGTERM', () => { console.log('told to end'); setTimeout(() => process.exit(0), 50) })
setInterval(() => {}, 1000)
console.log('runs with CELLAR_HOME=' + process.env.CELLAR_HOME)`
/** Cannot be told to end. */
const deaf = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('runs')`

let folder: string
let supervisor: Supervisor | undefined
let lines: string[]
const printed = new EventEmitter()

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-supervisor-'))
  await mkdir(path.join(folder, 'dist'))
  lines = []
})
afterEach(async () => {
  await supervisor?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function begin(scripts: Record<string, string>, graceMs = 5_000) {
  for (const [name, text] of Object.entries(scripts))
    await writeFile(path.join(folder, 'dist', `${name}.mjs`), text)
  supervisor = supervise(
    Object.keys(scripts).map((name) => ({ name, script: `${name}.mjs` })),
    {
      root: folder,
      home: folder,
      onStarted: () => {},
      print: (line) => {
        lines.push(line)
        printed.emit('line')
      },
      graceMs,
    },
  )
  return supervisor
}
async function until(done: () => boolean) {
  while (!done()) await once(printed, 'line')
}

test('children end in order, each after the one before it, and their lines stand in one log', async () => {
  const running = await begin({ host: polite, web: polite })
  await until(() => lines.length === 2)
  expect([...lines].sort()).toEqual([
    `host   | runs with CELLAR_HOME=${folder}`,
    `web    | runs with CELLAR_HOME=${folder}`,
  ])
  await running.stop()
  expect(lines.slice(2)).toEqual(['host   | told to end', 'web    | told to end'])
  expect(running.pids()).toEqual({ host: undefined, web: undefined })
  const log = await readFile(path.join(folder, 'logs/cellar.log'), 'utf8')
  expect(log.split('\n').filter((line) => line.endsWith('told to end'))).toHaveLength(2)
})

test('a child that died is started again, and that is said', async () => {
  const running = await begin({ web: polite })
  await until(() => lines.length === 1)
  const { web } = running.pids()
  process.kill(web!, 'SIGKILL')
  await until(() => lines.length === 3)
  expect(lines.slice(1)).toEqual([
    'web    | ended with SIGKILL; starts again in 0.2 s',
    `web    | runs with CELLAR_HOME=${folder}`,
  ])
  expect(running.pids().web).not.toBe(web)
})

test('a child that does not end when told is killed after its time', async () => {
  const running = await begin({ web: deaf }, 200)
  await until(() => lines.length === 1)
  const { web } = running.pids()
  await running.stop()
  expect(isAlive(web!)).toBe(false)
})

test('a home is claimed by one start; another learns who runs and where', async () => {
  const first = await claimRun(folder, 'http://127.0.0.1:3000')
  const own = { supervisor: markOf(process.pid), origin: 'http://127.0.0.1:3000', children: {} }
  expect(first).toEqual({ own })
  expect(await claimRun(folder, 'http://127.0.0.1:3001')).toEqual({ other: own })
})

test('after kill -9 the next start ends what was left running and claims the home', async () => {
  const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  const supervisor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  writeRunRecord(folder, {
    supervisor: markOf(supervisor.pid!),
    origin: 'http://127.0.0.1:3000',
    children: { web: markOf(left.pid!) },
  })
  expect(liveRun(folder)?.origin).toBe('http://127.0.0.1:3000')
  supervisor.kill('SIGKILL')
  await endsAfter(supervisor.pid!)
  expect(liveRun(folder)).toBeUndefined()

  const claim = await claimRun(folder, 'http://127.0.0.1:3001')
  expect(claim).toEqual({ own: readRunRecord(folder) })
  expect(isAlive(left.pid!)).toBe(false)
})

test('a process that got the number of a dead one is left alone', async () => {
  const innocent = { pid: process.pid, ticks: markOf(process.pid).ticks! + 1 }
  writeRunRecord(folder, {
    supervisor: innocent,
    origin: 'http://127.0.0.1:3000',
    children: { web: innocent },
  })
  expect(liveRun(folder)).toBeUndefined()
  expect('own' in (await claimRun(folder, 'http://127.0.0.1:3000'))).toBe(true)
  expect(livesStill(markOf(process.pid))).toBe(true)
})
