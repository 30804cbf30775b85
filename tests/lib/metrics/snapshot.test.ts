import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { federate, snapshot } from '../../../lib/metrics/snapshot'

function worker(loads: number) {
  const registry = new Registry()
  const registers = [registry]
  new Counter({ name: 'loads_total', help: 'Loads', labelNames: ['outcome'], registers }).inc(
    { outcome: 'success' },
    loads,
  )
  new Histogram({ name: 'load_seconds', help: 'Times', buckets: [1], registers }).observe(0.5)
  new Gauge({ name: 'mean', help: 'A mean', registers }).set(Number.NaN)
  return registry
}

test('metrics of several processes stand beside each other, each with its process', async () => {
  const one = { kind: 'worker', machine: 'ada', pid: 7, metrics: await snapshot(worker(1)) } as const
  const two = { kind: 'worker', machine: 'bob', pid: 8, metrics: await snapshot(worker(2)) } as const
  // As it travels.
  const reports = JSON.parse(JSON.stringify([one, two]))
  const { contentType, text } = federate(reports, false)
  expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect((await text()).trim().split('\n')).toEqual([
    '# HELP loads_total Loads',
    '# TYPE loads_total counter',
    'loads_total{process="worker",machine="ada",pid="7",outcome="success"} 1',
    'loads_total{process="worker",machine="bob",pid="8",outcome="success"} 2',
    '',
    '# HELP load_seconds Times',
    '# TYPE load_seconds histogram',
    'load_seconds_bucket{process="worker",machine="ada",pid="7",le="1"} 1',
    'load_seconds_bucket{process="worker",machine="ada",pid="7",le="+Inf"} 1',
    'load_seconds_sum{process="worker",machine="ada",pid="7"} 0.5',
    'load_seconds_count{process="worker",machine="ada",pid="7"} 1',
    'load_seconds_bucket{process="worker",machine="bob",pid="8",le="1"} 1',
    'load_seconds_bucket{process="worker",machine="bob",pid="8",le="+Inf"} 1',
    'load_seconds_sum{process="worker",machine="bob",pid="8"} 0.5',
    'load_seconds_count{process="worker",machine="bob",pid="8"} 1',
    '',
    '# HELP mean A mean',
    '# TYPE mean gauge',
  ])
})

test('who asks for OpenMetrics gets it, with its end', async () => {
  const metrics = await snapshot(worker(1))
  const { contentType, text } = federate([{ kind: 'web', machine: 'ada', pid: 1, metrics }], true)
  expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  expect((await text()).split('\n').slice(0, 3)).toEqual([
    '# HELP loads Loads',
    '# TYPE loads counter',
    'loads_total{process="web",machine="ada",pid="1",outcome="success"} 1',
  ])
  expect((await text()).endsWith('# EOF\n')).toBe(true)
})
