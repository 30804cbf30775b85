import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { build } from '../../bin/build.mjs'
import { endSpark } from '../../lib/spark/local/keeper'
import { startPostgres } from '../../lib/stack/postgres'
import { findRedis, startRedis } from '../../lib/stack/redis'
import { root } from './paths'

/** One real PostgreSQL and one real Redis for all test files, in a temporary folder. */
export default async function setup(project: TestProject) {
  await build()
  const home = await mkdtemp(path.join(tmpdir(), 'cellar-tests-'))
  const [postgres, redis] = await Promise.all([
    startPostgres(root, path.join(home, 'postgres'), path.join(home, 'postgres.log')),
    startRedis(await findRedis(() => {}), path.join(home, 'redis'), path.join(home, 'redis.log')),
  ])
  project.provide('databaseUrl', postgres.url)
  project.provide('redisUrl', redis.url)
  const sparkHome = path.join(home, 'spark')
  await mkdir(sparkHome)
  project.provide('sparkHome', sparkHome)
  return async () => {
    await Promise.all([postgres.stop(), redis.stop(), endSpark(sparkHome)])
    await rm(home, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's address of a server with no tables; see `freshDatabase`. */
    databaseUrl: string
    redisUrl: string
    /** Where `startSpark` runs the one Spark of all test files. */
    sparkHome: string
  }
}
