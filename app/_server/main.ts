import { createServer } from 'node:http'
import postgres from 'postgres'
import { mailAlert } from '../../lib/alerts/mail'
import { postAlert } from '../../lib/alerts/webhook'
import { openArtifacts } from '../../lib/artifact-store'
import { uploadsFolder } from '../../lib/artifacts'
import { addressHeader } from '../../lib/attempts'
import { readConfig } from '../../lib/config'
import { createAskData } from '../../lib/datasets/ask-data'
import { dataFolder } from '../../lib/datasets/data-folder'
import { setDataStore } from '../../lib/datasets/data-store'
import { createDatasetsApi } from '../../lib/datasets/datasets-api'
import { connect, setDatabase } from '../../lib/db'
import { createMailer } from '../../lib/mail/mailer'
import { allowedAddresses } from '../../lib/net/allowed-networks'
import { createChecker } from '../../lib/registry/checker'
import { setRegistry } from '../../lib/registry/registry'
import { createStudies, setStudies } from '../../lib/registry/study'
import { createImporter, setImporter } from '../../lib/registry/uploads/importer'
import { createVersionsApi } from '../../lib/registry/versions-api'
import { secretsKey } from '../../lib/secrets/key'
import { createGateway } from '../../lib/serving/gateway'
import { createIdentify } from '../../lib/serving/identify'
import { batchFolder } from '../../lib/serving/jobs/batch-folder'
import { startTracing } from '../../lib/tracing/tracing'
import { redirectAlias } from './alias'
import { answerInternal } from './internal'
import { createMetrics } from './metrics'
import { lendStorageToPages } from './page-storage'
import { keepAtWork, periodic } from './periodic'
import { protect } from './policy'
import { createQueueBoard } from './queue-board'
import { serveSockets } from './sockets'
import { createStatus } from './status'

/** The web process: the serving protocols, hosts' promotions, sockets and pages on one port. */

const config = readConfig()
const { root, host, port, origin, databaseUrl, redisUrl } = config
const dev = process.env.CELLAR_DEV === '1'
// For next-auth and Next, in this process alone: what is set here is not in the environment that others can read.
Object.assign(process.env, {
  NEXTAUTH_URL: origin,
  NEXTAUTH_SECRET: config.authSecret,
  CELLAR_HOME: config.home,
  NEXT_TELEMETRY_DISABLED: '1',
  NODE_ENV: dev ? 'development' : 'production',
})

const database = connect(databaseUrl, 12)
// drizzle changes how its client reads times; the gateway has one of its own.
const serving = postgres(databaseUrl, { max: 4, onnotice: () => {} })
setDatabase(database)
const { db } = database
const checker = createChecker(redisUrl)
const artifacts = openArtifacts(config.artifactsDir)
const registry = { db, artifacts, check: checker.check, origin }
setRegistry(registry)
const importer = createImporter(redisUrl, config.artifactsDir)
setImporter(importer)
const studies = createStudies(redisUrl)
setStudies(studies)
const data = createAskData(redisUrl)
setDataStore({ db, artifacts, ask: data.ask })
const metrics = createMetrics(config)
const tracing = await startTracing('cellar-web')
const status = createStatus(redisUrl)
const queueBoard = createQueueBoard({ db, redisUrl, origin })
const batches = batchFolder(config.home)
const gateway = createGateway({
  sql: serving,
  redisUrl,
  origin,
  identify: createIdentify(db),
  metrics: metrics.serving,
  tracing,
  batchFolder: batches,
  versionsApi: createVersionsApi(registry, importer, studies),
  datasetsApi: createDatasetsApi({
    db,
    artifacts,
    ask: data.ask,
    folder: dataFolder(config.home).uploads,
    origin,
  }),
  warn: (message, error) => console.error(message, error ?? ''),
})

const pageStorage = lendStorageToPages()
// Here, because it reads NODE_ENV when it is loaded.
const { default: next } = await import('next')
const app = next({ dev, dir: root, hostname: host, port })
await app.prepare()
const handle = app.getRequestHandler()

// A promotion's header holds the cell's source.
const http = createServer({ maxHeaderSize: 1_000_000 }, (request, response) => {
  if (gateway.handle(request, response)) return
  if (metrics.answer(request, response)) return
  if (queueBoard.answer(request, response)) return
  if (answerInternal(request, response, { db, registry, studies, uploads: importer.uploads })) return
  if (redirectAlias(request, response, origin)) return
  protect(request, response, dev, origin)
  request.headers[addressHeader] = request.socket.remoteAddress ?? ''
  pageStorage.answering(response)
  handle(request, response).catch((error: unknown) => {
    console.error('a page failed:', error)
    response.destroy()
  })
})
// A bundle may take longer than the five minutes that Node gives a request.
http.requestTimeout = 0
const sockets = serveSockets(http, { db, origin, report: metrics.report })
metrics.countSockets(sockets.count)
http.listen(port, host, () => console.log(`ready on ${origin}`))

const uploads = uploadsFolder(config.artifactsDir)
const mail = mailAlert(createMailer())
const post = postAlert(db, {
  secretsKey: secretsKey(),
  allows: allowedAddresses(process.env.CELLAR_WEBHOOK_NETWORKS),
})
const alerts = { origin, channels: { mail: () => mail, webhook: post } }
const stopWork = keepAtWork(
  periodic(db, sockets, {
    artifacts,
    uploads,
    datasetFiles: dataFolder(config.home),
    jobs: { sql: serving, folder: batches },
    alerts,
  }),
)

let ending = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, async () => {
    if (ending) return
    ending = true
    stopWork()
    http.close()
    await gateway.close()
    await tracing?.close()
    await sockets.close()
    http.closeAllConnections()
    await Promise.all([checker.close(), importer.close(), studies.close(), data.close()])
    metrics.close()
    queueBoard.close()
    status.close()
    await Promise.all([database.close(), serving.end({ timeout: 5 })])
    process.exit(0)
  })
}
