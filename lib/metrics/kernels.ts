import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { KernelEvent, KernelState } from '../protocol/events'
import { longBuckets } from './buckets'

export type KernelMetrics = {
  /** Takes note of what a notebook's kernel said. */
  note(notebookId: string, event: KernelEvent): void
  /** Kernels that live, by state. */
  states(): Partial<Record<KernelState, number>>
}

const over = (state: KernelState) => state === 'dead' || state === 'stopped'

/** What a host tells Prometheus of its kernels, from the events that they send anyway. */
export function createKernelMetrics(registry: Registry): KernelMetrics {
  const registers = [registry]
  const kernels = new Map<string, KernelState>()
  const executions = new Counter({
    name: 'cellar_executions_total',
    help: 'Executions of cells that have ended, by how',
    labelNames: ['state'],
    registers,
  })
  const executionSeconds = new Histogram({
    name: 'cellar_execution_duration_seconds',
    help: 'Run time of cells',
    buckets: longBuckets,
    registers,
  })
  const deaths = new Counter({
    name: 'cellar_kernel_deaths_total',
    help: 'Kernels that ended without being asked to',
    registers,
  })
  const count = () => {
    const states: Partial<Record<KernelState, number>> = {}
    for (const state of kernels.values()) states[state] = (states[state] ?? 0) + 1
    return states
  }
  new Gauge({
    name: 'cellar_kernels',
    help: 'Kernels that live, by state',
    labelNames: ['state'],
    registers,
    collect() {
      this.reset()
      for (const [state, number] of Object.entries(count())) this.set({ state }, number)
    },
  })
  return {
    states: count,
    note(notebookId, event) {
      if (event.type === 'status') {
        if (over(event.state)) kernels.delete(notebookId)
        else kernels.set(notebookId, event.state)
        if (event.state === 'dead' || event.unasked) deaths.inc()
      }
      if (event.type !== 'execution' || event.state === 'queued' || event.state === 'running') return
      executions.inc({ state: event.state })
      if (event.ms !== undefined) executionSeconds.observe(event.ms / 1000)
    },
  }
}
