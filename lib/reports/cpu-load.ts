import { cpus } from 'node:os'

/** Of all cores together, milliseconds since the machine's start. */
export type CpuTimes = { busy: number; all: number }

/**
 * The share of the processors that was busy since the last call, from 0 to 1; since the machine's start at the first.
 * systeminformation tells this too, but starts a shell each time and lets the whole process wait for it.
 */
export function createCpuLoad(read: () => CpuTimes = cpuTimes): () => number {
  let last: CpuTimes = { busy: 0, all: 0 }
  let share = 0
  return () => {
    const now = read()
    const all = now.all - last.all
    // Two calls within a tick of the kernel's clock see no difference.
    if (all > 0) share = (now.busy - last.busy) / all
    last = now
    return share
  }
}

function cpuTimes(): CpuTimes {
  let [busy, all] = [0, 0]
  for (const { times } of cpus()) {
    const work = times.user + times.nice + times.sys + times.irq
    busy += work
    all += work + times.idle
  }
  return { busy, all }
}
