import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createServingMetrics } from '../../../lib/metrics/serving'

const version = { versionId: 'v', version: '1.0.0' }

async function lines(registry: Registry, name: string) {
  const text = await registry.getSingleMetricAsString(name)
  return text.split('\n').filter((line) => !line.startsWith('#'))
}

test('an answered request counts once, with its records, times and batch', async () => {
  const registry = new Registry()
  const metrics = createServingMetrics(registry)
  const income = metrics.of('w', 'income', version)
  income.began()
  metrics.batch('v', 3)
  income.ended({ status: 200, latencyMs: 4, records: 2, queueMs: 1, modelMs: 3 })
  const labels = 'workspace="w",endpoint="income",version="1.0.0"'
  expect(await lines(registry, 'cellar_predict_requests_total')).toEqual([
    `cellar_predict_requests_total{${labels},code="200"} 1`,
  ])
  expect(await lines(registry, 'cellar_predict_records_total')).toEqual([
    `cellar_predict_records_total{${labels}} 2`,
  ])
  expect(await lines(registry, 'cellar_predict_requests_in_progress')).toEqual([
    `cellar_predict_requests_in_progress{${labels}} 0`,
  ])
  const histogram = async (name: string) =>
    (await lines(registry, name)).filter((line) => /_(sum|count)/.test(line) || line.includes('le="0.005"'))
  expect(await histogram('cellar_predict_request_duration_seconds')).toEqual([
    `cellar_predict_request_duration_seconds_bucket{le="0.005",${labels}} 1`,
    `cellar_predict_request_duration_seconds_sum{${labels}} 0.004`,
    `cellar_predict_request_duration_seconds_count{${labels}} 1`,
  ])
  expect((await histogram('cellar_predict_queue_duration_seconds')).slice(1)).toEqual([
    `cellar_predict_queue_duration_seconds_sum{${labels}} 0.001`,
    `cellar_predict_queue_duration_seconds_count{${labels}} 1`,
  ])
  expect((await histogram('cellar_predict_batch_size')).slice(-2)).toEqual([
    `cellar_predict_batch_size_sum{${labels}} 3`,
    `cellar_predict_batch_size_count{${labels}} 1`,
  ])
})

test('a request that came to no version names no endpoint', async () => {
  const registry = new Registry()
  createServingMetrics(registry).unplaced(404)
  expect(await lines(registry, 'cellar_predict_requests_total')).toEqual([
    'cellar_predict_requests_total{workspace="",endpoint="",version="",code="404"} 1',
  ])
})
