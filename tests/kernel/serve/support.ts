import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { inject } from 'vitest'
import { localArtifacts } from '../../../lib/artifacts'
import { newSecret, writeConfig } from '../../../lib/config'
import { connectRedis } from '../../../lib/redis'
import { batchFolder } from '../../../lib/serving/jobs/batch-folder'
import { root } from '../../support/paths'

/** The shared Redis, an emptied database of it for one test file: queues of two files must not meet. */
export async function ownRedis(number: number) {
  const url = `${inject('redisUrl').replace(/\/\d*$/, '')}/${number}`
  const redis = connectRedis(url)
  await redis.flushdb()
  redis.disconnect()
  return url
}

/** A folder with an installation's configuration whose model child is the fixture, and worker processes on it. */
export async function workerHome(redisUrl: string, databaseUrl = 'postgres://unused') {
  const home = await mkdtemp(path.join(tmpdir(), 'cellar-workers-'))
  const place = path.join(home, 'checkout')
  await mkdir(path.join(place, 'dist'), { recursive: true })
  await copyFile(path.join(root, 'tests/kernel/serve/fixtures/model.mjs'), path.join(place, 'dist/model.js'))
  await copyFile(path.join(root, 'package.json'), path.join(place, 'package.json'))
  const artifactsDir = path.join(home, 'artifacts')
  writeConfig({
    root: place,
    home: path.join(home, 'secrets'),
    host: '127.0.0.1',
    port: 0,
    origin: 'http://127.0.0.1:0',
    databaseUrl,
    redisUrl,
    authSecret: newSecret(),
    secretsKey: newSecret(),
    machineToken: newSecret(),
    artifactsDir,
    spoolDir: path.join(home, 'spool'),
    workDir: path.join(home, 'work'),
    tensorflow: { name: 'none' },
  })
  const workers = new Set<ChildProcess>()

  async function start(bundle: string) {
    const child = spawn(process.execPath, [path.join(root, 'dist', bundle)], {
      env: { ...process.env, CELLAR_HOME: path.join(home, 'secrets') },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    workers.add(child)
    for await (const line of createInterface({ input: child.stdout! })) if (line === 'ready') break
    return child
  }
  async function stop(child: ChildProcess, signal: NodeJS.Signals) {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
    child.kill(signal)
    await ended
    workers.delete(child)
  }
  return {
    place,
    workDir: path.join(home, 'work'),
    artifacts: localArtifacts(artifactsDir),
    batchFolder: batchFolder(path.join(home, 'secrets')),
    /** A `worker` process that takes jobs. */
    startWorker: () => start('worker.js'),
    /** A `jobs` process, which needs the database. */
    startJobs: () => start('jobs.js'),
    stop,
    running: () => [...workers],
    async close() {
      for (const child of workers) await stop(child, 'SIGKILL')
      await rm(home, { recursive: true, force: true })
    },
  }
}
