import { join } from 'node:path'
import { localArtifacts, uploadsFolder } from '../../lib/artifacts'
import { readConfig } from '../../lib/config'
import { runWorker } from './run-worker'

/** The `worker` process. Says `ready` on its standard output once it takes jobs. */
const config = readConfig()
const warn = (message: string, error?: unknown) =>
  console.error(error instanceof Error ? `${message}: ${error.message}` : message)

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
  warn,
})
console.log('ready')

let ending = false
async function end() {
  // A second signal means now.
  if (ending) process.exit(1)
  ending = true
  await worker.close()
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
