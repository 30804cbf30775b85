import { constants, setPriority } from 'node:os'
import postgres from 'postgres'
import { readConfig } from '../../lib/config'
import { endOnSignal } from '../../lib/end-on-signal'
import { allowedAddresses } from '../../lib/net/allowed-networks'
import { reportProcess } from '../../lib/reports/report-process'
import { secretsKey } from '../../lib/secrets/key'
import { batchFolder } from '../../lib/serving/jobs/batch-folder'
import { runJobs } from '../../lib/serving/jobs/run-jobs'
import { runWebhooks } from '../../lib/webhooks/run-webhooks'

/** The `jobs` process: asks workers on behalf of those who do not wait, and tells them when it is done. Says `ready` once it takes jobs. */
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
const webhooks = await runWebhooks({
  sql,
  secretsKey: secretsKey(),
  allows: allowedAddresses(process.env.CELLAR_WEBHOOK_NETWORKS),
  warn,
})
// It runs no model itself.
const stopReporting = reportProcess('jobs', { ...config, tensorflow: undefined })
console.log('ready')

endOnSignal(async () => {
  stopReporting()
  await Promise.all([jobs.close(), webhooks.close()])
  await sql.end({ timeout: 5 })
})
