import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kept, keepRunning } from '../../../lib/stack/keep'
import { commandLine, isAlive } from '../../../lib/stack/processes'
import { findRedis, startRedis } from '../../../lib/stack/redis'

let folder: string
let binary: string
let kept: Kept
const said: string[] = []
const start = () => startRedis(binary, path.join(folder, 'redis'), path.join(folder, 'redis.log'))

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-redis-'))
  binary = await findRedis(() => {})
  kept = await keepRunning('Redis', start, (line) => said.push(line))
})
afterAll(async () => {
  await kept?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('it keeps what BullMQ needs kept: append-only file on, nothing evicted', async () => {
  const redis = new Redis(kept.url)
  expect(await redis.config('GET', 'appendonly')).toEqual(['appendonly', 'yes'])
  expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
  expect(await redis.config('GET', 'bind')).toEqual(['bind', '127.0.0.1'])
  redis.disconnect()
})

test('it refuses who has no password, and the password is not among its arguments', async () => {
  const { password, port } = new URL(kept.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write('GET a\r\n')
  const [answer] = await once(socket, 'data')
  socket.destroy()
  expect(String(answer)).toBe('-NOAUTH Authentication required.\r\n')
  expect(await commandLine(kept.pid())).not.toContain(password)
})

test('a running server is adopted by the next start', async () => {
  const adopted = await start()
  expect([adopted.pid, adopted.url]).toEqual([kept.pid(), kept.url])
})

test('killed, it comes back by itself on its address, and a client finds what it wrote', async () => {
  const redis = new Redis(kept.url, { maxRetriesPerRequest: null })
  redis.on('error', () => {})
  await redis.set('kept', 'yes')
  // The file is written at each second's end; a kill of the process alone loses nothing that was written to it.
  const pid = kept.pid()
  const again = new Promise((resolve) => redis.once('reconnecting', () => redis.once('ready', resolve)))
  process.kill(pid, 'SIGKILL')
  await again
  expect(await redis.get('kept')).toBe('yes')
  expect(said).toEqual(['Redis ended by itself; it starts again'])
  // The client may be back before the one who started it again has noticed.
  await expect.poll(() => kept.pid()).not.toBe(pid)
  redis.disconnect()
})

test('one that was adopted is stopped too', async () => {
  const adopted = await start()
  await adopted.stop()
  expect(isAlive(adopted.pid)).toBe(false)
})
