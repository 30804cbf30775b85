import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signUp } from '../../bench/client'
import { buildPages } from '../../lib/stack/next-build'
import { freePort } from '../../lib/stack/ports'
import { freshDatabase } from '../support/database'
import { newKey, predict, promoteEndpoint } from '../support/endpoint'
import { newPage } from '../support/page'
import { root } from '../support/paths'
import { ownRedis } from '../support/redis'
import { commandOf, type Outside, start } from './support'

let folder: string
let secrets: string
let database: Awaited<ReturnType<typeof freshDatabase>>
const running: ReturnType<typeof start>[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-containers-'))
  secrets = path.join(folder, 'secrets')
  execFileSync('sh', [path.join(root, 'containers/secrets.sh'), secrets])
  database = await freshDatabase()
  await buildPages(root, () => {})
}, 420_000)
afterAll(async () => {
  for (const each of running) await each.stop()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

const secret = (name: string) => readFileSync(path.join(secrets, name), 'utf8')

test('the script makes each secret once, and of one password the addresses that hold it', () => {
  const password = secret('postgres-password').trim()
  expect(secret('database-url')).toBe(`postgres://cellar:${password}@postgres:5432/cellar\n`)
  expect(secret('redis-config')).toContain(`requirepass ${secret('redis-password').trim()}\n`)
  execFileSync('sh', [path.join(root, 'containers/secrets.sh'), secrets])
  expect(secret('postgres-password').trim()).toBe(password)
})

test('a process says all that it is not told, and no value', () => {
  const env = {
    PATH: process.env.PATH!,
    NODE_ENV: 'production' as const,
    CELLAR_PREBUILT: '1',
    CELLAR_HOME: path.join(folder, 'nothing'),
    CELLAR_AUTH_SECRET: 'short-secret',
  }
  const { status, stderr } = spawnSync(process.execPath, ['bin/cellar', 'web'], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([
    1,
    `cellar web cannot start:
  CELLAR_ORIGIN is missing: the address at which people reach Cellar, as https://cellar.example.org
  DATABASE_URL_FILE (a file that holds it) or DATABASE_URL is missing
  REDIS_URL_FILE (a file that holds it) or REDIS_URL is missing
  CELLAR_AUTH_SECRET needs 32 characters or more, and has 12
  CELLAR_SECRETS_KEY_FILE (a file that holds it) or CELLAR_SECRETS_KEY is missing
  CELLAR_MACHINE_TOKEN_FILE (a file that holds it) or CELLAR_MACHINE_TOKEN is missing
`,
  ])
})

test('web, host and worker, each by the command and environment of its container, are a Cellar that answers predictions', async () => {
  // Written over, as a machine without their names reaches them.
  writeFileSync(path.join(secrets, 'database-url'), database.url, { mode: 0o600 })
  writeFileSync(path.join(secrets, 'redis-url'), await ownRedis(), { mode: 0o600 })
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const outside = async (service: string): Promise<Outside> => {
    const home = path.join(folder, service)
    await mkdir(home)
    // One volume in two containers.
    const artifacts = path.join(folder, 'artifacts')
    return {
      secrets,
      folders: { '/var/lib/cellar': home, '/app/.cache': process.env.CELLAR_CACHE ?? '' },
      env: {
        CELLAR_ORIGIN: origin,
        CELLAR_ARTIFACTS: artifacts,
        PORT: String(port),
        HOST: '127.0.0.1',
        ...(process.env.CELLAR_CACHE ? {} : { CELLAR_CACHE: path.join(process.env.HOME!, '.cache/cellar') }),
      },
    }
  }
  const web = commandOf('web', await outside('web'))
  expect(web.command).toEqual(['node', 'bin/cellar', 'web'])
  running.push(start(web))
  await running[0]!.line(/^ready on /)
  const [, ...health] = web.healthcheck
  expect(spawnSync(process.execPath, health, { cwd: root, env: web.env }).status).toBe(0)

  running.push(start(commandOf('host', await outside('host'))))
  running.push(start(commandOf('worker', await outside('worker'))))
  await Promise.all([running[1]!.line(/^connected$/), running[2]!.line(/^ready$/)])

  const person = await signUp(origin)
  const page = await newPage(person, 'Prices')
  await promoteEndpoint(page, 'prices')
  page.close()
  const { token } = await newKey(person)
  const record = { size: 2, colour: 'blue', note: null }
  expect(await predict(origin, 'prices', record, { authorization: `Bearer ${token}` })).toMatchObject({
    status: 200,
    body: { version: '1.0.0', predictions: [{ price: 20 }] },
  })
  const config = JSON.parse(readFileSync(path.join(folder, 'host/config.json'), 'utf8'))
  expect([config.databaseUrl, config.redisUrl]).toEqual(['', ''])

  const codes = await Promise.all(running.splice(0).map((each) => each.stop()))
  expect(codes).toEqual([0, 0, 0])
})
