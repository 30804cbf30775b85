import { readFileSync } from 'node:fs'
import { liveSpark, readSettings } from './local/record'
import { parseRemote, type SparkRemote } from './remote'

/** No Spark is there, and what to do. */
export class NoSparkError extends Error {
  override name = 'NoSparkError'
}

/** Of which Spark we speak: one of `SPARK_REMOTE` (or of the file that `SPARK_REMOTE_FILE` names), else our own. */
export function outsideSpark(env: NodeJS.ProcessEnv = process.env): SparkRemote | undefined {
  const text = env.SPARK_REMOTE_FILE ? readFileSync(env.SPARK_REMOTE_FILE, 'utf8') : env.SPARK_REMOTE
  return text?.trim() ? parseRemote(text) : undefined
}

/** The Spark that this installation uses. Throws `NoSparkError` where none is ready. */
export function sparkAccess(home: string, env: NodeJS.ProcessEnv = process.env): SparkRemote {
  const outside = outsideSpark(env)
  if (outside) return outside
  const state = liveSpark(home)
  const settings = readSettings(home)
  if (state?.state === 'ready' && settings)
    return { host: '127.0.0.1', port: settings.port, token: settings.token, ssl: false }
  if (state?.state === 'failed')
    throw new NoSparkError(`spark could not be started: ${state.detail}; mend that, then: cellar spark start`)
  if (state) throw new NoSparkError(`spark is ${state.state}; run the cell again in a moment`)
  throw new NoSparkError('no spark runs here; start one with: cellar spark start (or set SPARK_REMOTE)')
}
