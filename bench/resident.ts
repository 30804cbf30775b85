import { readFile } from 'node:fs/promises'

/** Resident memory of a process; 0 where that cannot be told. */
export async function residentMiB(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

/** Looks ten times a second at what a process holds, until the function is called that tells the most of it, MiB. */
export function peakOf(pid: number | undefined) {
  let most = 0
  const look = async () => {
    most = Math.max(most, await residentMiB(pid))
  }
  const timer = setInterval(look, 100).unref()
  return () => {
    clearInterval(timer)
    return most
  }
}
