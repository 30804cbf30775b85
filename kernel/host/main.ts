import { hostname } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../lib/config'
import { createKernelMetrics } from '../../lib/metrics/kernels'
import { createRegistry } from '../../lib/metrics/registry'
import { keepReporting } from '../../lib/reports/keep-reporting'
import { createReporter } from '../../lib/reports/reporter'
import { sparkAccess } from '../../lib/spark/access'
import { cellarVersion } from '../../lib/version'
import { sweepGroups } from '../isolate/cgroup'
import { isolationLevel } from '../isolate/level'
import { createHostAsks } from './asks'
import { createCompiler } from './compile'
import { createConnection } from './connection'
import { createDatasets } from './datasets'
import { createFiles } from './files'
import { sweepWorkFolders } from './files/sweep'
import { createHost } from './host'
import { startLanguage } from './language'
import { createLaunch } from './launch'
import { createPackages, environmentsFolder } from './packages'
import { sweepPackages } from './packages/sweep'
import { createPosts } from './post'
import { createPulls } from './repository/pulls'
import { createReproductions } from './reproduce/reproductions'
import { createSparkBroker } from './spark/broker'

/** The host process of this machine: runs its kernels, whether or not web is there. */

const config = readConfig()
const { root, home, machineToken, tensorflow } = config
// A proxy in front may be away, or limit what it passes on.
const origin = config.webOrigin ?? config.origin
const isolation = await isolationLevel()
sweepGroups()
console.log(`kernels run at isolation level ${isolation.level}: ${isolation.detail}`)

const hello = { token: machineToken, name: hostname(), isolation, backend: tensorflow }
const connection = createConnection(origin, hello, (state) => console.log(state))
const posts = createPosts({ origin, machineToken })
const language = startLanguage(config, connection.problems, (problem) => console.error(problem))
const packages = createPackages({
  folder: environmentsFolder(home),
  root,
  onChange: (notebookId, environment, userId) => connection.packages({ notebookId, environment, userId }),
  onLine: connection.installing,
})
const cellar = cellarVersion(root)
const registry = createRegistry(cellar)
const datasets = createDatasets({
  folder: join(home, 'kernel-data'),
  find: connection.dataset,
  fetch: posts.dataset,
})
const kernelMetrics = createKernelMetrics(registry)
const host = createHost({
  spoolDir: config.spoolDir,
  launch: (notebookId) =>
    createLaunch({
      root,
      home,
      cwd: join(config.workDir, notebookId),
      data: [join(root, 'notebooks', 'data')],
      tensorflow,
      readOnly: [packages(notebookId).folder, datasets.folderOf(notebookId)],
    }),
  packages,
  files: createFiles((notebookId) => join(config.workDir, notebookId)),
  pulls: createPulls({
    root,
    home,
    folder: join(config.workDir, 'pulls'),
    backend: tensorflow,
    promote: (pullId, { cellId, cellSource, variable, environment }, ...version) =>
      posts.pulledVersion({ pullId, cellId, cellSource, variable, environment }, ...version),
    tell: connection.pullNews,
  }),
  reproductions: createReproductions({
    root,
    home,
    folder: join(config.workDir, 'reproductions'),
    data: [join(root, 'notebooks', 'data')],
    backend: tensorflow,
    filesOf: (notebookId) => join(config.workDir, notebookId),
    datasets,
    tell: connection.reproductionNews,
    compare: posts.reproduced,
  }),
  datasets,
  spark: createSparkBroker(() => sparkAccess(home)),
  createCompiler,
  backend: tensorflow,
  promote: posts.version,
  artifact: posts.artifact,
  saveDataset: posts.saveDataset,
  secret: (notebookId, name, userId) => connection.secret({ notebookId, name, userId }),
  web: connection.web,
  asks: { ...language.asks, ...createHostAsks({ packages }) },
  language,
  noted: kernelMetrics.note,
  onProblem: (problem, error) => console.error(`${problem}:`, error),
})
connection.open(host)
const report = createReporter({
  registry,
  home,
  cellar,
  tensorflow,
  own: () => ({ kernels: kernelMetrics.states() }),
})
const stopReporting = keepReporting(async () => connection.report(await report()))
// Loads the parser, so that the first cell of a person does not wait for it.
createCompiler().compile('warm', 'const ready = true')

async function sweep() {
  try {
    const { environments, notebooks } = await sweepPackages(environmentsFolder(home), connection.used)
    const count = environments.length + notebooks.length
    const files = await datasets.sweep()
    if (files > 0) console.log(`${files} files of data sets deleted that nobody has read for a week`)
    if (count > 0) console.log(`${count} folders of packages deleted that nothing uses any more`)
    const erased = await sweepWorkFolders(config.workDir, connection.used)
    if (erased.length > 0) console.log(`the files of ${erased.length} erased notebooks deleted`)
  } catch (error) {
    console.error(
      'packages and files that nothing uses were not deleted, and it is tried again tomorrow:',
      error,
    )
  }
}
// Not at once: a start has better things to do, and web may not be there yet.
setTimeout(sweep, 10 * 60_000)
setInterval(sweep, 24 * 3_600_000)

let ending = false
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, async () => {
    if (ending) return
    ending = true
    stopReporting()
    language.end()
    await host.close('Cellar was stopped', 3000)
    connection.close()
    process.exit(0)
  })
