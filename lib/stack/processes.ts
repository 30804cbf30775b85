import { readFileSync } from 'node:fs'

export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began, in clock ticks since boot: with its id it names one process, as ids are used again. */
export function startTicks(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces; field 22 counts from there.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
  } catch {
    return undefined
  }
}

export type ProcessMark = { pid: number; ticks?: number }
export const markOf = (pid: number): ProcessMark => ({ pid, ticks: startTicks(pid) })

/** Whether just that process lives, not another that got its id. */
export const livesStill = ({ pid, ticks }: ProcessMark) =>
  isAlive(pid) && (ticks === undefined || startTicks(pid) === ticks)

/** SIGTERM, then SIGKILL after `ms`; resolves when it is gone. */
export async function end(mark: ProcessMark, ms = 5_000) {
  if (!livesStill(mark)) return
  process.kill(mark.pid, 'SIGTERM')
  const until = Date.now() + ms
  while (livesStill(mark) && Date.now() < until) await new Promise((later) => setTimeout(later, 20))
  if (livesStill(mark)) process.kill(mark.pid, 'SIGKILL')
}
