import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startTracing, type Tracing } from '../../../lib/tracing/tracing'
import { root } from '../../support/paths'
import { withGateway } from '../serving/with-gateway'

type Sent = {
  service: string
  name: string
  kind: number
  traceId: string
  spanId: string
  parentSpanId?: string
  status?: { code?: number; message?: string }
  startTimeUnixNano: string
  endTimeUnixNano: string
}
type Export = {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] }
    scopeSpans: { spans: Omit<Sent, 'service'>[] }[]
  }[]
}

/** An OTLP receiver over HTTP, as a collector has one. */
const spans: Sent[] = []
const receiver = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const sent = JSON.parse(Buffer.concat(parts).toString()) as Export
  for (const { resource, scopeSpans } of sent.resourceSpans) {
    const service = resource.attributes.find(({ key }) => key === 'service.name')!.value.stringValue!
    for (const { spans: each } of scopeSpans) spans.push(...each.map((span) => ({ ...span, service })))
  }
  response
    .writeHead(request.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/json' })
    .end('{}')
})

let tracing: Tracing
const at = withGateway({
  workers: 0,
  async prepare({ make }) {
    receiver.listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    const { port } = receiver.address() as AddressInfo
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`
    await make('twice')
    tracing = (await startTracing('cellar-web'))!
  },
  options: () => ({ tracing }),
})
afterAll(() => {
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT
  receiver.closeAllConnections()
  receiver.close()
})

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const caller = '00f067aa0ba902b7'

test('a request is one trace from its caller to the model, and an unsampled one is none', async () => {
  const worker = await at.home.startWorker()
  const predict = (body: unknown, headers = {}) => at.ask('twice', body, { headers })
  await predict({ x: 1 }, { traceparent: `00-${trace}-${caller}-01` })
  await predict({ x: 2 }, { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` })
  await predict({ x: 3, throws: 'the secret of record 3' })
  // Both send what they have when they end.
  await at.home.stop(worker, 'SIGTERM')
  await tracing.close()

  const ours = spans.filter(({ traceId }) => traceId === trace)
  const names = new Map(ours.map(({ spanId, name }) => [spanId, name]))
  expect(
    ours.map(({ service, name, kind, parentSpanId }) => [
      service,
      name,
      kind,
      names.get(parentSpanId!) ?? parentSpanId,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['cellar-web', 'POST predict', 2, caller],
      ['cellar-web', 'predict send', 4, 'POST predict'],
      ['cellar-worker', 'predict process', 5, 'predict send'],
      ['cellar-worker', 'model load', 1, 'predict process'],
      ['cellar-worker', 'model predict', 1, 'predict process'],
    ]),
  )
  expect(ours).toHaveLength(5)
  expect(spans.filter(({ traceId }) => traceId === 'a'.repeat(32))).toEqual([])

  const failed = spans.filter(({ traceId }) => traceId !== trace)
  expect(new Set(failed.map(({ traceId }) => traceId)).size).toBe(1)
  expect(
    failed.flatMap(({ name, status }) => (status?.code === 2 ? [[name, status.message]] : [])).sort(),
  ).toEqual([
    ['POST predict', 'status 500'],
    ['predict process', 'model'],
  ])
  expect(JSON.stringify(spans)).not.toContain('secret')
})

test('without a receiver nothing of OpenTelemetry is loaded', async () => {
  for (const bundle of ['web.js', 'worker.js'])
    expect(readFileSync(path.join(root, 'dist', bundle), 'utf8')).not.toMatch(/^import .*@opentelemetry/m)
  expect(await startTracing('cellar-web', {})).toBeUndefined()
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }
  expect(await startTracing('cellar-web', { ...endpoint, OTEL_SDK_DISABLED: 'true' })).toBeUndefined()
  expect(await startTracing('cellar-web', { ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined()
})
