import { sparkResultBytes } from '../../../lib/protocol/limits'
import type { SparkAccess } from '../../../lib/protocol/spark'
import type { DisplayHost } from '../../sdk/display'
import type { SparkHost } from '../../sdk/spark'
import { watchStages } from '../../sdk/spark/stage-progress'
import { Interrupted } from '../context'
import type * as api from './spark-api'

export type SparkEngine = SparkHost & {
  /** Stops what runs, here and on the cluster. */
  stop(): void
}

export type SparkEngineOptions = {
  load(): typeof api
  /** Where the host lets this kernel speak to Spark. */
  access(): Promise<SparkAccess>
  arquero(): Promise<{ table(columns: object, names: string[]): Awaited<ReturnType<SparkHost['table']>> }>
  display: DisplayHost
  print(text: string): void
}

/** Spark for a notebook's cells; a session begins with its first use, and again when the last one has ended. */
export function createSparkEngine(options: SparkEngineOptions): SparkEngine {
  let opening: ReturnType<typeof open> | undefined
  let stopping = new AbortController()

  async function open() {
    const { connect, createSession } = options.load()
    const { sessionId, ...remote } = await options.access()
    return createSession(connect(remote, sessionId), {
      limitBytes: sparkResultBytes,
      signal: () => stopping.signal,
      watch: () => watchStages(options.display),
    })
  }
  const session = () => {
    opening ??= open().catch((error) => {
      opening = undefined
      throw error
    })
    return opening
  }
  /** A server that was started again knows no session of before: the next use begins one. */
  const using = async <Value>(work: (session: Awaited<ReturnType<typeof open>>) => Promise<Value>) => {
    try {
      return await work(await session())
    } catch (error) {
      throw ended(error)
    }
  }
  const ended = (error: unknown) => {
    const { name, condition = '' } = error as { name?: string; condition?: string }
    if (name === 'SparkAwayError' || condition.startsWith('INVALID_HANDLE.SESSION')) opening = undefined
    return error
  }

  return {
    execute: (plan) => using((it) => it.execute(plan)),
    async *stream(relation) {
      try {
        yield* (await session()).stream(relation)
      } catch (error) {
        throw ended(error)
      }
    },
    analyze: (request) => using((it) => it.analyze(request)),
    config: (keys) => using((it) => it.config(keys)),
    setConfig: (pairs) => using((it) => it.setConfig(pairs)),
    upload: (columns) => using((it) => it.upload(columns)),
    uploadParts: (parts) => using((it) => it.uploadParts(parts)),
    async table({ names, values }) {
      const { table } = await options.arquero()
      return table(Object.fromEntries(names.map((name, i) => [name, values[i]!])), names)
    },
    print: options.print,
    stop() {
      stopping.abort(new Interrupted())
      stopping = new AbortController()
    },
  }
}
