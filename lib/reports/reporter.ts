import { release, type } from 'node:os'
import type { Registry } from 'prom-client'
import { snapshot } from '../metrics/snapshot'
import type { Backend } from '../protocol/events'
import type { HostReport, ProcessSample } from '../protocol/report'
import { sampleMachine } from './machine-sample'

export type ReporterOptions = {
  registry: Registry
  /** The folder whose disk counts. */
  home: string
  /** Cellar's version. */
  cellar: string
  tensorflow: Backend
  /** What only this kind of process has. */
  own?: () => Pick<ProcessSample, 'kernels' | 'models'>
}

/** A function that says how this process and its machine do now. */
export function createReporter({ registry, home, cellar, tensorflow, own = () => ({}) }: ReporterOptions) {
  const startedAt = Math.round(Date.now() - process.uptime() * 1000)
  let before = { used: process.cpuUsage(), at: performance.now() }

  function cpu() {
    const now = { used: process.cpuUsage(), at: performance.now() }
    const microseconds = now.used.user + now.used.system - before.used.user - before.used.system
    const elapsed = now.at - before.at
    before = now
    return elapsed > 0 ? microseconds / 1000 / elapsed : 0
  }

  return async (): Promise<HostReport> => ({
    pid: process.pid,
    at: Date.now(),
    process: {
      startedAt,
      memory: process.memoryUsage.rss(),
      cpu: cpu(),
      cellar,
      node: process.versions.node,
      tensorflow,
      ...own(),
    },
    sample: await sampleMachine(home, `${type()} ${release()} ${process.arch}`),
    metrics: await snapshot(registry),
  })
}
export type Reporter = ReturnType<typeof createReporter>
