import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { markOf } from '../../../lib/stack/processes'
import { writeRunRecord } from '../../../lib/stack/run-record'
import { root } from '../../support/paths'

let home: string
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cellar-commands-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

async function cellar(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path.join(root, 'bin/cellar'), ...args], {
    cwd: root,
    env: { ...process.env, CELLAR_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

test('a second start says that one is running and where', async () => {
  writeRunRecord(home, { supervisor: markOf(process.pid), origin: 'http://127.0.0.1:3999', children: {} })
  expect(await cellar(['start'])).toEqual({
    code: 1,
    out: '',
    err: `cellar runs already in this checkout: http://127.0.0.1:3999 (process ${process.pid})\n`,
  })
})

test('doctor names what it found, and where Cellar runs', async () => {
  const { code, out } = await cellar(['doctor'])
  const lines = out.trim().split('\n')
  expect([code, lines.at(-1)]).toEqual([0, 'Cellar runs here: http://127.0.0.1:3999'])
  expect(lines.slice(0, -2).map((line) => line.slice(5, 17).trim())).toEqual([
    'Node',
    'packages',
    'PostgreSQL',
    'Redis',
    'Python 3',
    'pip',
    'C++ compiler',
    'TensorFlow',
    'bubblewrap',
    'Chromium',
    'Spark',
    'cache',
  ])
  expect(out).toContain(`ok   Node          ${process.version}\n`)
})

test('doctor names the command that mends what is missing', async () => {
  const { out } = await cellar(['doctor'], { PATH: home })
  expect(out).toContain('none C++ compiler  apt-get install g++ (builds the TensorFlow binding)\n')
  expect(out).toContain(
    'none bubblewrap    apt-get install bubblewrap (keeps kernels apart from the machine)\n',
  )
})

test('a port that is none is refused with its value', async () => {
  const { code, err } = await cellar(['start'], { PORT: '99999' })
  expect([code, err]).toEqual([1, 'PORT is not a port number from 1 to 65535: 99999\n'])
})

test('an unknown command shows the commands', async () => {
  const { code, out } = await cellar(['strat'])
  expect(code).toBe(2)
  expect(out.split('\n')[0]).toBe('cellar start    set up what is missing and run Cellar')
})
