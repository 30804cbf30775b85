import { constants, setPriority } from 'node:os'
import postgres from 'postgres'
import { readConfig } from '../../lib/config'
import { batchFolder } from '../../lib/serving/jobs/batch-folder'
import { runJobs } from '../../lib/serving/jobs/run-jobs'

/** The `jobs` process: asks workers on behalf of those who do not wait. Says `ready` once it takes jobs. */
const config = readConfig()
const warn = (message: string, error?: unknown) =>
  console.error(error instanceof Error ? `${message}: ${error.message}` : message)

// Reading a million rows must not take the processor from answers that somebody waits for.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const sql = postgres(config.databaseUrl, { max: 4, onnotice: () => {} })
const jobs = await runJobs({
  sql,
  redisUrl: config.redisUrl,
  folder: batchFolder(config.home),
  warn,
})
console.log('ready')

let ending = false
async function end() {
  // A second signal means now.
  if (ending) process.exit(1)
  ending = true
  await jobs.close()
  await sql.end({ timeout: 5 })
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
