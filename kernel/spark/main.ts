import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { cellarHome, findRoot } from '../../lib/config'
import { connect } from '../../lib/spark/client'
import { installSpark } from '../../lib/spark/local/install'
import { findJava } from '../../lib/spark/local/java'
import {
  liveSpark,
  readSettings,
  removeState,
  type SparkState,
  sparkFolder,
  writeState,
} from '../../lib/spark/local/record'
import { delay } from '../../lib/stack/delay'
import { markOf } from '../../lib/stack/processes'
import { liveRun } from '../../lib/stack/run-record'
import { startServer } from './server'
import { removeTables, sweepTrainings } from './sweep'

/** Keeps a Spark Connect server running on this machine, until it is ended or the Cellar around it ends. */

const home = cellarHome()
const settings = readSettings(home)
if (!settings) throw new Error(`no spark was asked for in ${home}; run: cellar spark start`)
const other = liveSpark(home)
if (other) {
  console.error(`spark runs here already (process ${other.keeper.pid})`)
  process.exit(0)
}
const { token, port } = settings
const keeper = markOf(process.pid)
const say = (next: Omit<SparkState, 'keeper' | 'since'>) =>
  writeState(home, { ...next, keeper, since: Date.now() })
/** Of a server that ends at once, again and again. */
const mostFailures = 3

let server: Awaited<ReturnType<typeof startServer>> | undefined
let ending = false
async function end() {
  if (ending) return
  ending = true
  server?.kill()
  await server?.exited
  removeState(home)
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end())

// Of a Cellar that was killed, nobody else ends what it started.
let hadRun = false
setInterval(() => {
  const run = liveRun(home)
  if (run) hadRun = true
  else if (hadRun) void end()
}, 1_000)

const sweep = () =>
  sweepTrainings(path.join(sparkFolder(home), 'files')).catch((error: Error) => console.error(error.message))
void sweep()
setInterval(sweep, 3_600_000)

say({ state: 'installing', detail: 'looking for Java' })
try {
  const java = await findJava()
  const spark = await installSpark((detail) => say({ state: 'installing', detail }))
  for (let failures = 0; failures < mostFailures && !ending; ) {
    say({ state: 'starting' })
    const began = Date.now()
    const extra = (process.env.CELLAR_SPARK_DATA ?? '').split(path.delimiter).filter(Boolean)
    const data = [path.join(findRoot(), 'notebooks/data'), ...extra]
    await removeTables(path.join(sparkFolder(home), 'files'))
    server = await startServer({ home, spark, java, token, port, data })
    const answers = await Promise.race([untilItAnswers(), server.exited.then(() => undefined)])
    if (answers) {
      // It was read.
      rmSync(path.join(sparkFolder(home), 'scratch/server.properties'), { force: true })
      say({ state: 'ready', ...answers })
      console.log(`spark ${answers.version} is ready as ${answers.applicationId}`)
    }
    const { reason } = await server.exited
    if (ending) break
    failures = Date.now() - began > 60_000 ? 0 : failures + 1
    console.error(`spark ended: ${reason}; its log is ${server.logFile}`)
    if (failures >= mostFailures) throw new Error(`${reason}: ${lastWords(server.logFile)}`)
    await delay(500 * failures)
  }
} catch (error) {
  const detail = (error as Error).message
  console.error(detail)
  if (!ending) say({ state: 'failed', detail })
  // It stays to say so, until somebody ends it.
}

async function untilItAnswers() {
  const client = connect({ host: '127.0.0.1', port, token, ssl: false })
  try {
    for (let i = 0; i < 240 && !ending; i++) {
      try {
        const { spark_version } = await client.analyze<{ spark_version: { version: string } }>({
          spark_version: {},
        })
        const { 'spark.app.id': applicationId } = await client.config(['spark.app.id'])
        await client.release()
        return { version: spark_version.version, applicationId }
      } catch (error) {
        if ((error as Error).name !== 'SparkAwayError') throw error
        await delay(500)
      }
    }
    return undefined
  } finally {
    client.close()
  }
}

function lastWords(file: string) {
  const lines = readFileSync(file, 'utf8').slice(-20_000).trim().split('\n')
  return (lines.findLast((line) => /error|exception/i.test(line)) ?? lines.at(-1) ?? '').trim().slice(0, 300)
}
