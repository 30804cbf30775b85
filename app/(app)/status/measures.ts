import type { Use } from '../../../lib/protocol/report'
import { formatBytes, formatCount } from '../../_ui/units'
import type { Measure } from './by-machine'

const percent = (share: number) => `${Math.round(100 * share)} %`
const ofUse = ({ used, total }: Use) => `${formatBytes(used)} of ${formatBytes(total)}`

/** What is measured of machines, by widget. */
export const measures = {
  cpu: {
    now: ({ sample: { cpu, cpus } }) => ({ value: percent(cpu), of: `of ${cpus} CPUs` }),
    past: ({ cpu }) => cpu,
    top: 1,
  },
  memory: {
    now: ({ sample: { memory } }) => ({ value: percent(memory.used / memory.total), of: ofUse(memory) }),
    past: ({ memory }) => memory,
    top: 1,
  },
  load: {
    now: ({ sample: { load, cpus } }) => ({ value: load.toFixed(1), of: `on ${cpus} CPUs` }),
    past: ({ load }) => load,
  },
  disk: {
    now: ({ sample: { disk } }) =>
      disk ? { value: percent(disk.used / disk.total), of: ofUse(disk) } : undefined,
    past: ({ disk }) => disk,
    top: 1,
    none: 'No machine says how full its disk is.',
  },
  gpu: {
    now({ sample: { gpus } }) {
      const [gpu] = gpus.toSorted((a, b) => (b.busy ?? 0) - (a.busy ?? 0))
      if (!gpu) return undefined
      const memory = gpu.memory ? `, ${ofUse(gpu.memory)}` : ''
      const heat = gpu.temperature === null ? '' : `, ${gpu.temperature} °C`
      const others = gpus.length > 1 ? `${gpus.length} × ` : ''
      return {
        value: gpu.busy === null ? '–' : percent(gpu.busy),
        of: `${others}${gpu.name}${memory}${heat}`,
      }
    },
    past: ({ gpu }) => gpu,
    top: 1,
    none: 'No machine has a GPU that says how it does.',
  },
  kernels: {
    now({ processes }) {
      const states = processes.flatMap(({ kernels = {} }) => Object.entries(kernels))
      const all = states.reduce((sum, [, count]) => sum + count, 0)
      const busy = states.reduce((sum, [state, count]) => sum + (state === 'busy' ? count : 0), 0)
      return { value: formatCount(all), of: all === 0 ? undefined : `${formatCount(busy)} busy` }
    },
    past: ({ kernels }) => kernels,
  },
  models: {
    now({ processes }) {
      const each = processes.flatMap(({ models }) => models ?? [])
      const loaded = each.reduce((sum, { loaded }) => sum + loaded, 0)
      const memory = each.reduce((sum, { memory }) => sum + memory, 0)
      return { value: formatCount(loaded), of: loaded === 0 ? undefined : formatBytes(memory) }
    },
    past: ({ models }) => models,
  },
} satisfies Record<string, Measure>
