import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type Config, cellarHome, findRoot, newSecret, readConfig, writeConfig } from '../config'
import { type Kept, keepRunning } from './keep'
import { registerMachine } from './machine'
import { writeMetricsToken } from './metrics-token'
import { migrateDatabase } from './migrate'
import { buildPages } from './next-build'
import { freePort, isFree } from './ports'
import { startPostgres } from './postgres'
import { runSteps } from './progress'
import { localOrigin, publicOrigin } from './public-origin'
import { findRedis, startRedis } from './redis'
import { setUpTensorflow } from './tensorflow'

export type Stack = {
  config: Config
  /** Ends the servers that were started: Redis, then PostgreSQL. */
  stop(): Promise<void>
}

/**
 * Makes everything that Cellar's processes need: TensorFlow, database and queue with their newest schema, pages,
 * and the configuration that the processes read. Does again only what is missing or has changed.
 * @param options.port 0 for any free one
 * @throws what the first failed step says; servers that were started have been stopped
 */
export async function setUp(options: {
  port: number
  pages: boolean
  home?: string
  /** Told when a server ended by itself and was started again. */
  say?: (line: string) => void
}): Promise<Stack> {
  const root = findRoot()
  const home = options.home ?? cellarHome()
  await mkdir(path.join(home, 'logs'), { recursive: true, mode: 0o700 })
  const port = options.port || (await freePort())
  if (options.port && !(await isFree(port)))
    throw new Error(`another program listens on port ${port}; choose one with PORT=3001 npm start`)
  const before = existsSync(path.join(home, 'config.json')) ? readConfig(home) : undefined
  const host = '127.0.0.1'
  const origin = publicOrigin({ host, port }, before)

  const servers: Record<'redis' | 'postgres', Kept | undefined> = { redis: undefined, postgres: undefined }
  const say = options.say ?? (() => {})
  let tensorflow: Config['tensorflow'] = { name: 'none' }
  let databaseUrl = process.env.DATABASE_URL
  let redisUrl = process.env.REDIS_URL
  const stop = async () => {
    await servers.redis?.stop()
    await servers.postgres?.stop()
  }
  try {
    await runSteps([
      {
        label: 'TensorFlow',
        run: async (report) => {
          tensorflow = await setUpTensorflow(root, report)
        },
      },
      {
        label: 'PostgreSQL',
        run: async (report) => {
          if (!databaseUrl) {
            report('starting')
            const [folder, log] = [path.join(home, 'postgres'), path.join(home, 'logs/postgres.log')]
            const server = await keepRunning('PostgreSQL', () => startPostgres(root, folder, log), say)
            servers.postgres = server
            databaseUrl = server.url
          }
          report('migrating')
          await migrateDatabase(databaseUrl, path.join(root, 'drizzle/migrations'))
        },
      },
      {
        label: 'Redis',
        run: async (report) => {
          if (redisUrl) return
          report('starting')
          const [binary, folder] = [await findRedis(report), path.join(home, 'redis')]
          const log = path.join(home, 'logs/redis.log')
          const server = await keepRunning('Redis', () => startRedis(binary, folder, log), say)
          servers.redis = server
          redisUrl = server.url
        },
      },
      ...(options.pages
        ? [{ label: 'Pages', run: (report: (what: string) => void) => buildPages(root, report) }]
        : []),
    ])
    const folder = async (name: string) => {
      await mkdir(path.join(home, name), { recursive: true, mode: 0o700 })
      return path.join(home, name)
    }
    const config: Config = {
      root,
      home,
      host,
      port,
      origin,
      webOrigin: localOrigin({ host, port }),
      databaseUrl: databaseUrl!,
      redisUrl: redisUrl!,
      authSecret: before?.authSecret ?? newSecret(),
      secretsKey: before?.secretsKey ?? newSecret(),
      metricsToken: before?.metricsToken ?? newSecret(),
      machineToken: before?.machineToken ?? newSecret(),
      artifactsDir: await folder('artifacts'),
      spoolDir: await folder('spool'),
      workDir: await folder('work'),
      tensorflow,
    }
    writeConfig(config)
    writeMetricsToken(config)
    await registerMachine(config.databaseUrl, config.machineToken)
    return { config, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
