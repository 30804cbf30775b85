import { join } from 'node:path'
import { localArtifacts, uploadsFolder } from '../../lib/artifacts'
import { readConfig } from '../../lib/config'
import { createRegistry } from '../../lib/metrics/registry'
import { reportToRedis } from '../../lib/reports/to-redis'
import { cellarVersion } from '../../lib/version'
import { runWorker } from './run-worker'

/** The `worker` process. Says `ready` on its standard output once it takes jobs. */
const config = readConfig()
const warn = (message: string, error?: unknown) =>
  console.error(error instanceof Error ? `${message}: ${error.message}` : message)

const registry = createRegistry(cellarVersion(config.root))
const worker = await runWorker({
  redisUrl: config.redisUrl,
  artifacts: localArtifacts(config.artifactsDir),
  uploads: localArtifacts(uploadsFolder(config.artifactsDir)),
  place: {
    root: config.root,
    home: config.home,
    workDir: join(config.workDir, 'models'),
    tensorflow: config.tensorflow,
  },
  registry,
  warn,
})
const stopReporting = reportToRedis(config.redisUrl, 'worker', registry)
console.log('ready')

let ending = false
async function end() {
  // A second signal means now.
  if (ending) process.exit(1)
  ending = true
  stopReporting()
  await worker.close()
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
