import { rm } from 'node:fs/promises'
import path from 'node:path'
import { openArtifacts } from '../../lib/artifact-store'
import { readConfig } from '../../lib/config'
import { dataFolder } from '../../lib/datasets/data-folder'
import type { DataStore } from '../../lib/datasets/data-store'
import { giveExamples } from '../../lib/datasets/give-examples'
import type { AskData } from '../../lib/datasets/questions'
import { connect } from '../../lib/db'
import { endOnSignal } from '../../lib/end-on-signal'
import { reportProcess } from '../../lib/reports/report-process'
import { openDuck } from './duck'
import { installExamples } from './examples/install'
import { handlers } from './questions'
import { runData } from './run-data'

/** The `data` process: DuckDB, for all that web wants to know of data sets. Says `ready` once it answers. */
const config = readConfig()
const warn = (message: string, error?: unknown) =>
  console.error(error instanceof Error ? `${message}: ${error.message}` : message)

const connection = connect(config.databaseUrl, 4)
const folder = dataFolder(config.home)
const examples = path.join(config.root, 'notebooks/data')
// What a killed process left half-made.
await Promise.all([folder.work, folder.spill].map((each) => rm(each, { recursive: true, force: true })))
const duck = await openDuck({
  folders: [config.artifactsDir, folder.at, examples],
  temporary: folder.spill,
})
// It asks itself without the way over the queue.
const ask = ((question, what) => handlers[question].answer(what as never, context)) as AskData
const store: DataStore = { db: connection.db, artifacts: openArtifacts(config.artifactsDir), ask }
const context = { duck, store, folder }

const data = await runData(config.redisUrl, context, warn)
const stopReporting = reportProcess('data', { ...config, tensorflow: undefined })
console.log('ready')
installExamples(examples, context)
  .then(() => giveExamples(connection.db))
  .catch((error) => warn('the example data sets could not be made', error))

endOnSignal(async () => {
  stopReporting()
  await data.close()
  duck.close()
  await connection.close()
})
