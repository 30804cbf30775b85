import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { inject } from 'vitest'
import { createSpark } from '../../kernel/sdk/spark'
import { connect } from '../../lib/spark/client'
import { startKeeper, untilReady } from '../../lib/spark/local/keeper'
import { readSettings, type SparkState, sparkFolder, writeSettings } from '../../lib/spark/local/record'
import type { SparkRemote } from '../../lib/spark/remote'
import { createSession } from '../../lib/spark/session'
import { lock } from '../../lib/stack/lock'
import { root } from './paths'

export type TestSpark = { home: string; remote: SparkRemote; state: SparkState; files: string }

/** The first start on a machine fetches Spark. */
export const startMs = 600_000

/**
 * One real Spark Connect server for all test files, started by the first that needs it; `global-setup` ends it. Where Java
 * or Python is missing, the error says so, and what installs it.
 */
export async function startSpark(): Promise<TestSpark> {
  const home = inject('sparkHome')
  const unlock = await lock(path.join(home, 'tests.lock'))
  try {
    if (!readSettings(home)?.wanted) await writeSettings(home, true)
    startKeeper(home, root)
    const state = await untilReady(home, () => {})
    const { port, token } = readSettings(home)!
    const remote = { host: '127.0.0.1', port, token, ssl: false }
    return { home, remote, state, files: path.join(sparkFolder(home), 'files') }
  } finally {
    await unlock()
  }
}

/** The module `spark` on a session of its own, as cells have it; what it prints is in `printed`. */
export function sparkOf(remote: SparkRemote, { limitBytes = 2 ** 28 } = {}) {
  const client = connect(remote)
  const session = createSession(client, { limitBytes })
  const stages: number[] = []
  let printed = ''
  const host = {
    ...session,
    async execute(plan: object) {
      const result = await session.execute(plan as never)
      stages.push(...result.stages)
      return result
    },
    table: async () => {
      throw new Error('tables are tested in a kernel')
    },
    print: (text: string) => {
      printed += text
    },
  }
  return {
    spark: createSpark(host as never),
    client,
    session,
    /** Numbers of the stages that ran, as Spark said them. */
    stages,
    printed: () => printed,
    async close() {
      await client.release()
      client.close()
    },
  }
}

/** A process begins an operation and is killed as soon as Spark has it. */
export async function killedWhile(told: {
  remote: SparkRemote
  sessionId: string
  operationId: string
  plan: object
}) {
  const begin = `
const { connect } = require(${JSON.stringify(path.join(root, 'dist/spark.cjs'))})
const { remote, sessionId, operationId, plan } = JSON.parse(process.argv[1])
const client = connect(remote, sessionId)
void (async () => { for await (const _ of client.execute(plan, { operationId })); })()
const look = async () => {
  // The session begins with the operation.
  const state = await client.operationState(operationId).catch((error) => {
    if (error.condition !== 'INVALID_HANDLE.SESSION_NOT_FOUND') throw error
    return 'UNKNOWN'
  })
  if (state === 'UNKNOWN') setTimeout(look, 20)
  else console.log('begun')
}
void look()`
  const killed = spawn(process.execPath, ['-e', begin, JSON.stringify(told)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(killed, 'exit')
  const [said] = await Promise.race([once(killed.stdout, 'data'), exited])
  if (typeof said === 'number') throw new Error(`the process ended before it began the operation: ${said}`)
  killed.kill('SIGKILL')
  await exited
}
