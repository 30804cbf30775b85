import type { Browser, Page } from 'playwright-core'

/** A stretch in which the page's main thread did nothing else; `cpuMs`: of it, what the thread ran. Milliseconds. */
export type Task = { at: number; ms: number; cpuMs: number }

type TraceEvent = {
  name: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata']

/** What the page's main thread did while `act` ran, by Chromium's own trace, the longest first. */
export async function tasksOf(browser: Browser, page: Page, act: () => Promise<void>): Promise<Task[]> {
  await browser.startTracing(page, { categories })
  let trace: Buffer
  try {
    await act()
  } finally {
    trace = await browser.stopTracing()
  }
  return readTasks(trace.toString())
}

/** The tasks of a trace's renderer main threads, the longest first. */
export function readTasks(trace: string): Task[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] }
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}:${tid}`),
  )
  const tasks = traceEvents.filter(
    ({ name, pid, tid, dur }) => name === 'RunTask' && dur !== undefined && main.has(`${pid}:${tid}`),
  )
  const from = Math.min(...tasks.map(({ ts }) => ts))
  return tasks
    .map(({ ts, dur, tdur }) => ({
      at: Math.round((ts - from) / 1000),
      ms: dur! / 1000,
      cpuMs: (tdur ?? dur!) / 1000,
    }))
    .sort((a, b) => b.ms - a.ms)
}
