import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { delay } from '../../stack/delay'
import { end } from '../../stack/processes'
import { liveSpark, readSettings, readState, removeState, type SparkState, writeSettings } from './record'

/** Starts the keeper of the local Spark, unless one lives. It outlives this process. */
export function startKeeper(home: string, root: string) {
  if (liveSpark(home)) return
  const logs = path.join(home, 'logs')
  mkdirSync(logs, { recursive: true })
  const log = openSync(path.join(logs, 'spark-keeper.log'), 'a', 0o600)
  const child = spawn(process.execPath, [path.join(root, 'dist/spark.js')], {
    cwd: root,
    stdio: ['ignore', log, log],
    env: { ...process.env, CELLAR_HOME: home },
    detached: true,
  })
  closeSync(log)
  child.on('error', () => {})
  child.unref()
}

/** Resolves when Spark is ready; rejects with why it is not. `report` hears what it does meanwhile. */
export async function untilReady(home: string, report: (what: string) => void): Promise<SparkState> {
  let said = ''
  const began = Date.now()
  for (;;) {
    const state = liveSpark(home)
    if (state?.state === 'ready') return state
    if (state?.state === 'failed') throw new Error(`spark could not be started: ${state.detail}`)
    const what = state ? (state.detail ?? 'starting spark') : ''
    if (what && what !== said) report(what)
    said = what || said
    if (!state && Date.now() - began > 15_000)
      throw new Error(`spark could not be started; see ${path.join(home, 'logs/spark-keeper.log')}`)
    await delay(200)
  }
}

/** Ends the local Spark, and starts it no more with Cellar. */
export async function stopSpark(home: string) {
  const wasThere = liveSpark(home) !== undefined
  if (readSettings(home)) await writeSettings(home, false)
  await endSpark(home)
  return wasThere
}

/** Ends the local Spark, which stays wanted. */
export async function endSpark(home: string) {
  const state = readState(home)
  if (state) await end(state.keeper, 10_000)
  removeState(home)
}

const lookMs = 3_000

/** Runs the local Spark as long as Cellar runs, where it is wanted. Answers what ends both. */
export function keepSpark(home: string, root: string): () => Promise<void> {
  const look = () => {
    if (readSettings(home)?.wanted && !process.env.SPARK_REMOTE) startKeeper(home, root)
  }
  look()
  const timer = setInterval(look, lookMs)
  return async () => {
    clearInterval(timer)
    await endSpark(home)
  }
}
