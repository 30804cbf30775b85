import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { MachineSummary } from '../machines/list'
import {
  type MachineSample,
  type ProcessKind,
  type ProcessReport,
  type ProcessSample,
  processKinds,
} from '../protocol/report'
import { readReports } from '../reports/store'
import { knownMachines, type Point, readHistory } from './history'

export type ProcessStatus = { kind: ProcessKind; pid: number; at: number } & ProcessSample

export type MachineStatus = {
  name: string
  /** Milliseconds since 1970; null while it is heard of, or where it never was. */
  awaySince: number | null
  /** Null while it is away. */
  sample: MachineSample | null
  processes: ProcessStatus[]
  history: Point[]
}

export type QueueStatus = { name: string; waiting: number; active: number; failed: number }

/** How the whole installation does. */
export type Status = {
  at: number
  machines: MachineStatus[]
  queues: QueueStatus[]
}

/** Machines from what their processes report and from those that may join, each with its last hour. */
export async function readStatus(
  redis: Redis,
  queues: Queue[],
  registered: Pick<MachineSummary, 'name' | 'lastSeenAt'>[],
  now = Date.now(),
): Promise<Status> {
  const [reports, known] = await Promise.all([readReports(redis, now), knownMachines(redis)])
  const lastSeen = new Map(registered.map(({ name, lastSeenAt }) => [name, lastSeenAt?.getTime() ?? null]))
  for (const [name, at] of known) lastSeen.set(name, Math.max(at, lastSeen.get(name) ?? 0))
  for (const { machine } of reports) if (!lastSeen.has(machine)) lastSeen.set(machine, null)
  const names = [...lastSeen.keys()].sort((a, b) => a.localeCompare(b))
  return {
    at: now,
    machines: await Promise.all(
      names.map(async (name) => ({
        ...describe(
          name,
          reports.filter(({ machine }) => machine === name),
          lastSeen.get(name) ?? null,
        ),
        history: await readHistory(redis, name, now),
      })),
    ),
    queues: await Promise.all(queues.map(readQueue)),
  }
}

function describe(name: string, reports: ProcessReport[], lastSeen: number | null) {
  const newest = reports.toSorted((a, b) => b.at - a.at)[0]
  return {
    name,
    awaySince: newest ? null : lastSeen,
    sample: newest?.sample ?? null,
    processes: reports
      .map(({ kind, pid, at, process }) => ({ kind, pid, at, ...process }))
      .sort((a, b) => processKinds.indexOf(a.kind) - processKinds.indexOf(b.kind) || a.pid - b.pid),
  }
}

async function readQueue(queue: Queue): Promise<QueueStatus> {
  const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed')
  const { waiting = 0, prioritized = 0, delayed = 0, active = 0, failed = 0 } = counts
  return { name: queue.name, waiting: waiting + prioritized + delayed, active, failed }
}
