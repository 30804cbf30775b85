import type { Redis } from 'ioredis'
import { type ProcessReport, processReport } from '../protocol/report'

/** Field: process. Value: its newest report. */
const key = 'cellar:reports'
/** Older than this, a process is taken for ended, milliseconds. */
const staleMs = 20_000

const fieldOf = ({ kind, machine, pid }: ProcessReport) => `${kind} ${pid} ${machine}`

/** Keeps a process's newest report, where every web process finds it. */
export async function keepReport(redis: Redis, report: ProcessReport) {
  await redis.hset(key, fieldOf(report), JSON.stringify(report))
}

/** The newest report of every process that lives. Forgets those that have ended. */
export async function readReports(redis: Redis, now = Date.now()): Promise<ProcessReport[]> {
  const reports: ProcessReport[] = []
  for (const [field, text] of Object.entries(await redis.hgetall(key))) {
    const { success, data } = processReport.safeParse(JSON.parse(text))
    if (success && now - data.at < staleMs) reports.push(data)
    else await redis.hdel(key, field)
  }
  return reports
}
