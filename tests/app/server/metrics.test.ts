import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { createMetrics, metricsAccess } from '../../../app/_server/metrics'
import { connectRedis } from '../../../lib/redis'
import { readReports } from '../../../lib/reports/store'
import { withGateway } from '../../lib/serving/with-gateway'
import { root } from '../../support/paths'

const metricsToken = 'a-token-of-at-least-thirty-two-characters'
let metrics: ReturnType<typeof createMetrics>
let origin: string
const server = createServer((request, response) => {
  if (!metrics.answer(request, response)) response.writeHead(404).end()
})
const at = withGateway({
  workers: 0,
  async prepare({ redisUrl, make }) {
    await make('twice')
    metrics = createMetrics({ root, redisUrl, metricsToken } as never)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  },
  options: () => ({ metrics: metrics.serving }),
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
  metrics?.close()
})

const scrape = (headers = { authorization: `Bearer ${metricsToken}` }) =>
  fetch(`${origin}/metrics`, { headers })

test('a scrape tells of requests at the gateway, of the worker that answered them, and of a host', async () => {
  const worker = await at.home.startWorker()
  await at.ask('twice', [{ x: 1 }, { x: 2 }])
  await at.ask('twice', { x: 'one' })
  await at.ask('nobody-has-this', { x: 1 })
  metrics.report(
    { name: 'far' },
    {
      pid: 5,
      at: Date.now(),
      process: { startedAt: 0, memory: 1, cpu: 0, cellar: '1', node: '24', tensorflow: { name: 'none' } },
      sample: {
        os: 'Linux',
        cpus: 1,
        cpu: 0,
        load: 0,
        memory: { used: 1, total: 2 },
        disk: null,
        gpus: [],
      },
      metrics: [
        {
          name: 'cellar_kernels',
          help: 'Kernels',
          type: 'gauge',
          values: [{ labels: { state: 'idle' }, value: 2 }],
        },
      ],
    },
  )
  const redis = connectRedis(at.redisUrl)
  // The worker's next report is the one that knows of the loaded model.
  while (
    !(await readReports(redis)).some(({ metrics }) =>
      metrics.some(({ name, values }) => name === 'cellar_model_loads_total' && values.length > 0),
    )
  )
    await new Promise((later) => setTimeout(later, 100))
  redis.disconnect()

  const text = await (await scrape()).text()
  const without = text.replaceAll(/(machine="(?!far)[^"]*"|pid="\d+"|workspace="[^"]+"),?/g, '')
  const found = without
    .split('\n')
    .filter((line) =>
      /^cellar_(predict_requests_total|predict_records_total|model_loads_total|models_loaded|kernels|queue_jobs.*predict.*completed)/.test(
        line,
      ),
    )
  expect(found.sort()).toEqual([
    'cellar_kernels{process="host",machine="far",state="idle"} 2',
    'cellar_model_loads_total{process="worker",outcome="success"} 1',
    'cellar_models_loaded{process="worker",} 1',
    'cellar_predict_records_total{process="web",endpoint="twice",version="1.0.0"} 2',
    'cellar_predict_requests_total{process="web",endpoint="twice",version="1.0.0",code="200"} 1',
    'cellar_predict_requests_total{process="web",endpoint="twice",version="1.0.0",code="400"} 1',
    'cellar_predict_requests_total{process="web",workspace="",endpoint="",version="",code="404"} 1',
    'cellar_queue_jobs{process="web",queue="predict",state="completed"} 1',
  ])
  expect(text).toMatch(/^process_resident_memory_bytes\{process="worker",machine=".*",pid="\d+"\} \d+/m)
  await at.home.stop(worker, 'SIGTERM')
})

test('without the token there is nothing to read', async () => {
  const answers = await Promise.all([
    fetch(`${origin}/metrics`),
    scrape({ authorization: 'Bearer another-token' }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
  expect(await answers[0].text()).toBe(
    'send the token in the file metrics-token of CELLAR_HOME: Authorization: Bearer <token>\n',
  )
})

test('loopback is let in only where that is set, and never what came through a proxy', () => {
  const from = (remoteAddress: string, headers = {}) => ({ headers, socket: { remoteAddress } }) as never
  const status = (mode: string | undefined, request: never) =>
    metricsAccess(mode, metricsToken)(request)?.status
  expect([
    status(undefined, from('127.0.0.1')),
    status('loopback', from('127.0.0.1')),
    status('loopback', from('::ffff:127.0.0.1')),
    status('loopback', from('192.0.2.7')),
    status('loopback', from('127.0.0.1', { 'x-forwarded-for': '192.0.2.7' })),
    status('off', from('127.0.0.1', { authorization: `Bearer ${metricsToken}` })),
  ]).toEqual([401, undefined, undefined, 401, 401, 404])
  expect(() => metricsAccess('everybody', metricsToken)).toThrow(
    'CELLAR_METRICS must be token, loopback or off: everybody',
  )
})
