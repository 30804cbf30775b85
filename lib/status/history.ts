import type { Redis } from 'ioredis'
import type { ProcessReport } from '../protocol/report'

/** How a machine did at a moment; shares from 0 to 1. */
export type Point = {
  at: number
  cpu: number
  load: number
  memory: number
  disk: number | null
  gpu: number | null
  kernels: number
  models: number
}

/** A point for each quarter of a minute of the last hour. */
export const pointMs = 15_000
const points = 240
/** A machine that was not heard of for so long is forgotten. */
const forgetMs = 24 * 60 * 60_000

/** Machines by when they were last heard of. */
const machinesKey = 'cellar:status:machines'
const historyKey = (machine: string) => `cellar:status:history:${machine}`

/** What the reports say of each machine together. */
export function pointsOf(reports: ProcessReport[]): Map<string, Point> {
  const byMachine = new Map<string, Point>()
  for (const { machine, at, sample, process } of [...reports].sort((a, b) => a.at - b.at)) {
    const { kernels = 0, models = 0 } = byMachine.get(machine) ?? {}
    const [busiest = null] = sample.gpus.flatMap(({ busy }) => busy ?? []).sort((a, b) => b - a)
    byMachine.set(machine, {
      at,
      cpu: sample.cpu,
      load: sample.load,
      memory: sample.memory.used / sample.memory.total,
      disk: sample.disk && sample.disk.used / sample.disk.total,
      gpu: busiest,
      kernels: kernels + Object.values(process.kernels ?? {}).reduce((sum, count) => sum + count, 0),
      models: models + (process.models?.loaded ?? 0),
    })
  }
  return byMachine
}

/** Appends a point for each machine; of several web processes the first to come writes it. */
export async function recordHistory(redis: Redis, reports: ProcessReport[], now = Date.now()) {
  const slot = now - (now % pointMs)
  for (const [machine, point] of pointsOf(reports)) {
    await redis.hset(machinesKey, machine, point.at)
    await redis
      .xadd(
        historyKey(machine),
        'MAXLEN',
        points,
        `${slot}-0`,
        'point',
        JSON.stringify({ ...point, at: slot }),
      )
      // A stream takes no second entry with the id of its last.
      .catch(() => {})
    await redis.pexpire(historyKey(machine), forgetMs)
  }
  for (const [machine, at] of await knownMachines(redis))
    if (now - at > forgetMs) await redis.hdel(machinesKey, machine)
}

/** Machines that were heard of within a day, and when last. */
export async function knownMachines(redis: Redis): Promise<Map<string, number>> {
  const all = await redis.hgetall(machinesKey)
  return new Map(Object.entries(all).map(([name, at]) => [name, Number(at)]))
}

/** A machine's points of the last hour, oldest first. */
export async function readHistory(redis: Redis, machine: string, now = Date.now()): Promise<Point[]> {
  const entries = await redis.xrange(historyKey(machine), String(now - points * pointMs), '+')
  return entries.map(([, [, text]]) => JSON.parse(text!) as Point)
}
