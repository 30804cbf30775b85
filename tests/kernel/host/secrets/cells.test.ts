import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompiler } from '../../../../kernel/host/compile'
import { createLaunch } from '../../../../kernel/host/launch'
import { type Driven, drive } from '../support'

/** Secrets in a session with the kernel child that people get. */
const base = mkdtempSync(resolve('node_modules/.secrets-'))
const value = 'hunter2-is-long'
const asked: string[] = []
const promoted: unknown[] = []
let driven: Driven

beforeAll(async () => {
  for (const folder of ['home', 'work']) mkdirSync(join(base, folder))
  driven = drive({
    folder: base,
    launch: createLaunch({
      root: resolve('.'),
      home: join(base, 'home'),
      cwd: join(base, 'work'),
      data: [],
      tensorflow: { name: 'wasm' },
    }),
    createCompiler,
    async secret(name, userId) {
      asked.push(`${name} ${userId !== ''}`)
      if (name !== 'KEY') throw new Error(`no such secret: ${name}; add it in the panel Secrets`)
      return value
    },
    async promote(...promotion) {
      promoted.push(promotion)
      return { endpoint: 'e', version: '1.0.0', url: '', page: '' }
    },
  })
  await driven.session.start(1)
})
afterAll(async () => {
  await driven.session.stop()
  rmSync(base, { recursive: true, force: true })
})

test('a cell is given a secret by name, and nothing that it says holds the value', async () => {
  const events = await driven.run(
    "import { display, secret } from 'cellar'\nconst key = await secret('KEY')\nlet told = key.length",
    `console.log('the key is', key, { key })
process.stdout.write(key.slice(0, 7))
process.stdout.write(key.slice(7) + '\\n')
console.error(encodeURIComponent(key), Buffer.from(key).toString('base64'))
display([{ key }])
display({ html: '<b>' + key + '</b>' })
key`,
    "throw new Error('cannot sign in with ' + key)",
  )
  const said = JSON.stringify(events)
  expect(said).not.toContain(value)
  expect(said).not.toContain(Buffer.from(value).toString('base64'))
  expect(said.match(/\[secret KEY\]/g)?.length).toBeGreaterThan(7)
  expect(said).toContain('cannot sign in with [secret KEY]')
  expect(asked).toEqual(['KEY true'])
})

test('no log on disk holds the value', async () => {
  const logs = join(base, 'logs')
  const texts = readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8'))
  expect(texts.join()).toContain('[secret KEY]')
  expect(texts.join()).not.toContain(value)
})

test('code has the real value', async () => {
  const events = await driven.run(
    "import { secret } from 'cellar'\n;(await secret('KEY')) === 'hunter2-' + 'is-long'",
  )
  expect(events.find(({ type }) => type === 'execute_result')).toMatchObject({
    data: { 'text/plain': 'true' },
  })
})

test('a secret that is not there is the error of the cell', async () => {
  const events = await driven.run("import { secret } from 'cellar'\nawait secret('NONE')")
  expect(events.find(({ type }) => type === 'error')).toMatchObject({
    evalue: 'no such secret: NONE; add it in the panel Secrets',
  })
})

test('a promotion that closes over a secret is refused by its name', async () => {
  const events = await driven.run(
    "import { promote, secret } from 'cellar'\nconst headers = { authorization: 'Bearer ' + (await secret('KEY')) }\nconst ask = (records: { x: number }[]) => records.map(({ x }) => x + headers.authorization.length)\nawait promote('asks', ask, { data: [{ x: 1 }] })",
  )
  expect(events.find(({ type }) => type === 'error')).toMatchObject({
    ename: 'CaptureError',
    evalue:
      'headers holds the secret KEY, which must not leave the kernel: do without it in what is promoted',
  })
  expect(promoted).toEqual([])
})
