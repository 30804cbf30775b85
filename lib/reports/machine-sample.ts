import { statfs } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import type { MachineSample } from '../protocol/report'
import { createCpuLoad } from './cpu-load'

type Gpu = MachineSample['gpus'][number]

/** A machine without a GPU that can be read gets none while it runs; asking starts programs. */
let hasGpus: boolean | undefined
const cpuLoad = createCpuLoad()

/** How this machine does. `home`: the folder whose disk counts. */
export async function sampleMachine(home: string, os: string): Promise<MachineSample> {
  // Loaded with the first sample: a start need not wait for it.
  const { default: system } = await import('systeminformation')
  const [{ total, available }, disk, gpus] = await Promise.all([
    system.mem(),
    // Of all mounted disks only this one matters, and asking for all starts a program each time.
    statfs(home).then(
      ({ blocks, bavail, bsize }) => ({ used: (blocks - bavail) * bsize, total: blocks * bsize }),
      () => null,
    ),
    hasGpus === false ? [] : readGpus(system),
  ])
  hasGpus = gpus.length > 0
  return {
    os,
    cpus: availableParallelism(),
    cpu: cpuLoad(),
    load: loadavg()[0] ?? 0,
    memory: { used: total - available, total },
    disk,
    gpus,
  }
}

async function readGpus(system: typeof import('systeminformation')): Promise<Gpu[]> {
  const { controllers } = await system.graphics().catch(() => ({ controllers: [] }))
  return gpusOf(controllers)
}

type Controller = {
  model?: string
  name?: string
  memoryTotal?: number
  memoryUsed?: number
  utilizationGpu?: number
  temperatureGpu?: number
}

/** Of the graphics controllers those that say how they do, as NVIDIA's `nvidia-smi` does. Its memory is in MiB. */
export const gpusOf = (controllers: Controller[]): Gpu[] =>
  controllers.flatMap(({ model, name, memoryTotal, memoryUsed, utilizationGpu, temperatureGpu }) => {
    if (memoryTotal === undefined && utilizationGpu === undefined) return []
    return [
      {
        name: (name || model || 'GPU').slice(0, 200),
        busy: utilizationGpu === undefined ? null : utilizationGpu / 100,
        memory:
          memoryTotal === undefined
            ? null
            : { used: (memoryUsed ?? 0) * 2 ** 20, total: memoryTotal * 2 ** 20 },
        temperature: temperatureGpu ?? null,
      },
    ]
  })
