import { afterAll, beforeAll } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import type { GatewayOptions } from '../../../lib/serving/options'
import { workerHome } from '../../kernel/serve/support'
import { freshDatabase } from '../../support/database'
import { ownRedis } from '../../support/redis'
import { call, newEndpoint, newWorkspace, serve } from './support'

/** What a test of serving begins with. */
type Installation = {
  connection: Connection
  redisUrl: string
  /** Where workers run; see `startWorker`. */
  home: Awaited<ReturnType<typeof workerHome>>
  /** A workspace with its key. */
  ada: Awaited<ReturnType<typeof newWorkspace>>
  /** Of the fixture of models. */
  artifact: string
  /** An endpoint of Ada's whose version 1.0.0 is in production. */
  make(name: string): ReturnType<typeof newEndpoint>
}

type Bench = Installation & {
  web: Awaited<ReturnType<typeof serve>>
  /** Asks an endpoint for predictions, with Ada's key unless another is given. */
  ask(name: string, body: unknown, more?: Parameters<typeof call>[2]): ReturnType<typeof call>
}

type Options = {
  /** How many workers take jobs from the beginning: one unless given. */
  workers?: number
  /** Makes what has to be there before the gateway begins. */
  prepare?(at: Installation): Promise<unknown>
  /** What the gateway does otherwise; asked after `prepare`. */
  options?(): Partial<GatewayOptions>
}

/** For the top of a test file: a gateway and a worker whose model is the fixture, with a database and a Redis of their own. */
export function withGateway({ workers = 1, prepare, options }: Options = {}): Bench {
  const at = {} as Bench
  const closing: (() => unknown)[] = []
  beforeAll(async () => {
    const database = await freshDatabase()
    closing.unshift(database.drop)
    const connection = connect(database.url)
    closing.unshift(connection.close)
    const redisUrl = await ownRedis()
    const home = await workerHome(redisUrl, database.url)
    closing.unshift(home.close)
    const { name: artifact } = await home.artifacts.put(Buffer.from('double'))
    const ada = await newWorkspace(connection)
    Object.assign(at, {
      ...{ connection, redisUrl, home, ada, artifact },
      make: (name) => newEndpoint(connection, { workspaceId: ada.workspaceId, name, artifact }),
      ask: (name, body, more = {}) =>
        call(at.web.origin, `/api/v1/${name}/predict`, { token: ada.token, body, ...more }),
    } satisfies Omit<Bench, 'web'>)
    await prepare?.(at)
    at.web = await serve(connection, redisUrl, options?.())
    closing.unshift(at.web.close)
    await Promise.all(Array.from({ length: workers }, home.startWorker))
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })
  return at
}
