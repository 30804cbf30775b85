import { constants, setPriority } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { openArtifacts } from '../../lib/artifact-store'
import { readConfig } from '../../lib/config'
import { createAskData } from '../../lib/datasets/ask-data'
import { openVersion } from '../../lib/datasets/open-version'
import { connect } from '../../lib/db'
import { endOnSignal } from '../../lib/end-on-signal'
import { reportProcess } from '../../lib/reports/report-process'
import { sparkAccess } from '../../lib/spark/access'
import { type LocalPlace, localEngine } from './local-engine'
import { runTrainer } from './run-trainer'
import { openSparkLearner } from './spark/learn'
import { sweepSpark } from './spark/sweep-tables'

/** The `trainer` process: trains models of data sets. Says `ready` once it takes them. */
const config = readConfig()
const warn = (message: string, error?: unknown) =>
  console.error(error instanceof Error ? `${message}: ${error.message}` : message)

// Training must not take the processor from answers that somebody waits for; its processes are as nice.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const connection = connect(config.databaseUrl, 2)
// Drizzle's client leaves times and JSON as text.
const sql = postgres(config.databaseUrl, { max: 4, onnotice: () => {} })
const artifacts = openArtifacts(config.artifactsDir)
const data = createAskData(config.redisUrl)
const place: LocalPlace = {
  root: config.root,
  home: config.home,
  workDir: path.join(config.workDir, 'trainings'),
  tensorflow: config.tensorflow,
  openVersion: (versionId) => openVersion(versionId, { db: connection.db, artifacts, ask: data.ask }),
}
const trainer = await runTrainer({
  sql,
  artifacts,
  engines: {
    local: localEngine(place),
    spark: localEngine({
      ...place,
      openSpark: (work) => openSparkLearner(() => sparkAccess(config.home), work),
    }),
  },
  warn,
})
const sweep = () =>
  sweepSpark(sql, () => sparkAccess(config.home)).catch((error) =>
    warn('tables of trainings that ended are left in spark', error),
  )
void sweep()
const sweeping = setInterval(sweep, 3_600_000)
const stopReporting = reportProcess('trainer', config)
console.log('ready')

endOnSignal(async () => {
  stopReporting()
  clearInterval(sweeping)
  await trainer.close()
  await data.close()
  await Promise.all([connection.close(), sql.end({ timeout: 5 })])
})
