import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { delay } from './delay'
import { run } from './run'

/** Whether a process with this id runs; one that ended and waits for its parent does not. */
export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// Adopted by a container's first process, which may not collect what ended.
function isZombie(pid: number) {
  return statFields(pid)?.[0] === 'Z'
}

/** The fields of `/proc/PID/stat` after the name, which stands in parentheses and may hold spaces. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** A process's command and arguments; empty when there is none. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => '')
}

/** Resolves when a process that need not be a child is gone. */
export async function endsAfter(pid: number) {
  while (isAlive(pid)) await delay(200)
}

/** When a process began, in clock ticks since boot: with its id it names one process, as ids are used again. */
export function startTicks(pid: number): number | undefined {
  const ticks = statFields(pid)?.[19]
  return ticks === undefined ? undefined : Number(ticks)
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
  while (livesStill(mark) && Date.now() < until) await delay(20)
  if (!livesStill(mark)) return
  process.kill(mark.pid, 'SIGKILL')
  while (livesStill(mark)) await delay(20)
}
