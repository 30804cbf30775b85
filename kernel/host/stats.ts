import type { KernelStats } from '../../lib/protocol/events'
import type { ProcessInfo } from '../isolate/processes'

/** Turns readings of a kernel's processes into live figures. */
export type Meter = {
  read(processes: ProcessInfo[], now?: number): KernelStats
  /** What the child last said of its tensors. */
  tensors(count: { tensors?: number; tensorBytes?: number }): void
  reset(): void
}

export function createMeter(): Meter {
  let before: { cpu: number; at: number } | undefined
  let tensors: { tensors?: number; tensorBytes?: number } = {}
  return {
    read(processes, now = performance.now()) {
      const memory = processes.reduce((sum, each) => sum + each.memory, 0)
      const used = processes.reduce((sum, each) => sum + each.cpu, 0)
      // A process that ended takes its time with it.
      const cpu =
        before && now > before.at ? Math.max(0, (used - before.cpu) / ((now - before.at) / 1000)) : 0
      before = { cpu: used, at: now }
      return { memory, cpu, ...tensors }
    },
    tensors({ tensors: count, tensorBytes }) {
      tensors = {
        ...(count !== undefined && { tensors: count }),
        ...(tensorBytes !== undefined && { tensorBytes }),
      }
    },
    reset() {
      before = undefined
      tensors = {}
    },
  }
}
