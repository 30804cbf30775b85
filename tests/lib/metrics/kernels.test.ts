import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createKernelMetrics } from '../../../lib/metrics/kernels'
import type { KernelEventBody } from '../../../lib/protocol/events'

test('kernels are counted by state and executions by how they ended', async () => {
  const registry = new Registry()
  const { note, states } = createKernelMetrics(registry)
  const say = (notebook: string, body: KernelEventBody) =>
    note(notebook, { ...body, epoch: 1, seq: 1, at: 0 })
  say('a', { type: 'status', state: 'starting' })
  say('a', { type: 'status', state: 'idle' })
  say('b', { type: 'status', state: 'busy' })
  say('c', { type: 'status', state: 'idle' })
  say('c', { type: 'status', state: 'dead', reason: 'it ran out of memory' })
  say('a', { type: 'execution', cellId: 'x', executionId: '1', state: 'running' })
  say('a', { type: 'execution', cellId: 'x', executionId: '1', state: 'done', ms: 250 })
  expect(states()).toEqual({ idle: 1, busy: 1 })
  const text = (await registry.metrics()).split('\n')
  expect(text.filter((line) => /^cellar_(kernels|executions|kernel_deaths|.*_sum)/.test(line))).toEqual([
    'cellar_executions_total{state="done"} 1',
    'cellar_execution_duration_seconds_sum 0.25',
    'cellar_kernel_deaths_total 1',
    'cellar_kernels{state="idle"} 1',
    'cellar_kernels{state="busy"} 1',
  ])
})
