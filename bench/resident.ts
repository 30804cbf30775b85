import { readFile } from 'node:fs/promises'

/** Resident memory of a process; 0 where that cannot be told. */
export async function residentMiB(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

/** The most that a process holds from now on, looked at ten times a second until it is stopped. */
export function peakOf(pid: number) {
  let most = 0
  const look = async () => {
    most = Math.max(most, await residentMiB(pid))
  }
  const timer = setInterval(look, 100)
  return { mostMiB: () => most, stop: () => clearInterval(timer) }
}
