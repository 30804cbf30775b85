import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { hostname } from 'node:os'
import { Gauge } from 'prom-client'
import type { Config } from '../../lib/config'
import { createQueueMetrics } from '../../lib/metrics/queues'
import { createRegistry } from '../../lib/metrics/registry'
import { createServingMetrics } from '../../lib/metrics/serving'
import { federate, snapshot } from '../../lib/metrics/snapshot'
import type { HostReport, ProcessReport } from '../../lib/protocol/report'
import { openQueues } from '../../lib/queues'
import { connectRedis } from '../../lib/redis'
import { createReporter } from '../../lib/reports/reporter'
import { keepReport, readReports } from '../../lib/reports/store'
import { reportToRedis } from '../../lib/reports/to-redis'
import { cellarVersion } from '../../lib/version'

/**
 * `/metrics` of the whole installation. All other processes report what they count through what they have anyway (their
 * socket, Redis), so that they need no port of their own that would have to be listed, reached and guarded.
 */
export function createMetrics({ root, home, redisUrl, metricsToken, tensorflow }: Config) {
  const cellar = cellarVersion(root)
  const registry = createRegistry(cellar)
  const redis = connectRedis(redisUrl, 'prompt')
  const queues = openQueues(redis)
  createQueueMetrics(registry, queues)
  const access = metricsAccess(process.env.CELLAR_METRICS, metricsToken)
  const own = { kind: 'web', machine: hostname(), pid: process.pid } as const
  const stopReporting = reportToRedis(redisUrl, 'web', createReporter({ registry, home, cellar, tensorflow }))

  async function write(request: IncomingMessage, response: ServerResponse) {
    const metrics = await snapshot(registry)
    // Without Redis there is still this process to tell of.
    const others = await readReports(redis).catch((): ProcessReport[] => [])
    const openMetrics = /application\/openmetrics-text/.test(request.headers.accept ?? '')
    const itself = ({ kind, machine, pid }: ProcessReport) =>
      kind === own.kind && machine === own.machine && pid === own.pid
    const page = federate([{ ...own, metrics }, ...others.filter((each) => !itself(each))], openMetrics)
    const text = await page.text()
    response.writeHead(200, { 'content-type': page.contentType, 'cache-control': 'no-store' }).end(text)
  }

  return {
    serving: createServingMetrics(registry),
    countSockets(count: () => Record<string, number>) {
      new Gauge({
        name: 'cellar_sockets',
        help: 'Open sockets: pages on /, machines on /hosts',
        labelNames: ['namespace'],
        registers: [registry],
        collect() {
          for (const [namespace, number] of Object.entries(count())) this.set({ namespace }, number)
        },
      })
    },
    report(machine: { name: string }, report: HostReport) {
      keepReport(redis, { ...report, kind: 'host', machine: machine.name }).catch(() => {})
    },
    /** Answers `/metrics`; false when the request is for something else. */
    answer(request: IncomingMessage, response: ServerResponse): boolean {
      if (request.url?.split('?')[0] !== '/metrics') return false
      const refused = access(request)
      if (refused) {
        response.writeHead(refused.status, { 'content-type': 'text/plain', 'www-authenticate': 'Bearer' })
        response.end(`${refused.message}\n`)
      } else {
        write(request, response).catch((error) => {
          console.error('the metrics could not be written:', error)
          response.destroy()
        })
      }
      return true
    },
    close() {
      stopReporting()
      redis.disconnect()
    },
  }
}

type Access = (
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
) => { status: number; message: string } | undefined

/**
 * Who may read the metrics, by `CELLAR_METRICS`: `token` (who brings the token; the default, since kernels reach the
 * loopback interface, too), `loopback` (also who connects from this machine, not through a proxy on it), `off`.
 */
export function metricsAccess(mode = 'token', token: string | undefined): Access {
  if (!['token', 'loopback', 'off'].includes(mode))
    throw new Error(`CELLAR_METRICS must be token, loopback or off: ${mode}`)
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = token === undefined ? undefined : digest(token)
  return ({ headers, socket }) => {
    if (mode === 'off') return { status: 404, message: 'metrics are off here' }
    const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
    if (expected && given && timingSafeEqual(digest(given), expected)) return
    const forwarded = headers.forwarded ?? headers['x-forwarded-for'] ?? headers.via
    const near = /^(::1|(::ffff:)?127\.)/.test(socket.remoteAddress ?? '')
    if (mode === 'loopback' && near && forwarded === undefined) return
    return {
      status: 401,
      message: 'send the token in the file metrics-token of CELLAR_HOME: Authorization: Bearer <token>',
    }
  }
}
