import { join } from 'node:path'
import postgres from 'postgres'
import { openArtifacts } from '../../lib/artifact-store'
import { localArtifacts, uploadsFolder } from '../../lib/artifacts'
import { readConfig } from '../../lib/config'
import { endOnSignal } from '../../lib/end-on-signal'
import { createRegistry } from '../../lib/metrics/registry'
import { createReporter } from '../../lib/reports/reporter'
import { reportToRedis } from '../../lib/reports/to-redis'
import { recordedRecords } from '../../lib/serving/recorded'
import { startTracing } from '../../lib/tracing/tracing'
import { cellarVersion } from '../../lib/version'
import { runWorker } from './run-worker'

/** The `worker` process. Says `ready` on its standard output once it takes jobs. */
const config = readConfig()
const warn = (message: string, error?: unknown) =>
  console.error(error instanceof Error ? `${message}: ${error.message}` : message)

const cellar = cellarVersion(config.root)
const registry = createRegistry(cellar)
const tracing = await startTracing('cellar-worker')
// Asked when a model is loaded, which is seldom.
const sql = postgres(config.databaseUrl, { max: 1, idle_timeout: 30, onnotice: () => {} })
const worker = await runWorker({
  redisUrl: config.redisUrl,
  artifacts: openArtifacts(config.artifactsDir),
  uploads: localArtifacts(uploadsFolder(config.artifactsDir)),
  place: {
    root: config.root,
    home: config.home,
    workDir: join(config.workDir, 'models'),
    tensorflow: config.tensorflow,
  },
  recorded: (versionId) => recordedRecords(sql, versionId),
  registry,
  tracing,
  warn,
})
const report = createReporter({
  registry,
  home: config.home,
  cellar,
  tensorflow: config.tensorflow,
  own() {
    const models = worker.models()
    return { models: { loaded: models.length, memory: models.reduce((sum, { memory }) => sum + memory, 0) } }
  },
})
const stopReporting = reportToRedis(config.redisUrl, 'worker', report)
console.log('ready')

endOnSignal(async () => {
  stopReporting()
  await worker.close()
  await sql.end({ timeout: 1 })
  await tracing?.close()
})
