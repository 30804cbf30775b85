import type { Refused } from '../../lib/refused'
import type { Hosts } from './hosts'

const defaultHours = 12

/**
 * How long a kernel lives that nobody uses, milliseconds: `CELLAR_KERNEL_IDLE_HOURS`, or 12; with 0 for ever.
 * @throws where that is no number of hours
 */
export function kernelIdleMs(env: NodeJS.ProcessEnv = process.env): number {
  const asked = env.CELLAR_KERNEL_IDLE_HOURS
  const hours = asked === undefined || asked.trim() === '' ? defaultHours : Number(asked)
  if (!(hours >= 0)) throw new Error(`CELLAR_KERNEL_IDLE_HOURS is not a number of hours: ${asked}`)
  return hours === 0 ? Number.POSITIVE_INFINITY : hours * 3_600_000
}

/** Ends kernels that hold memory for nobody: without a page, and without anything that ran, for a long time. */
export type IdleKernels = {
  /** Something happened in a kernel, or a page of it has left. */
  used(notebookId: string): void
  /** Ends those that were not used for long. Resolves to how many. */
  end(): Promise<number>
}

export type IdleKernelsParts = {
  hosts: Pick<Hosts, 'kernels'>
  hasPage(notebookId: string): boolean
  idleMs: number
  now?(): number
}

export function createIdleKernels({ hosts, hasPage, idleMs, now = Date.now }: IdleKernelsParts): IdleKernels {
  /** When a living kernel was used last, as far as this process knows: for one that it found, when it found it. */
  const usedAt = new Map<string, number>()

  return {
    used: (notebookId) => void usedAt.set(notebookId, now()),
    async end() {
      const kernels = hosts.kernels()
      for (const notebookId of usedAt.keys()) if (!kernels.has(notebookId)) usedAt.delete(notebookId)
      let ended = 0
      for (const [notebookId, host] of kernels) {
        const last = hasPage(notebookId) ? undefined : usedAt.get(notebookId)
        if (last === undefined) usedAt.set(notebookId, now())
        if (last === undefined || now() - last < idleMs) continue
        const unused = `nobody had this notebook open and nothing ran in it for ${inWords(idleMs)}`
        try {
          await host.ask('kernel.stop', { notebookId, unused })
          ended++
        } catch (error) {
          // It runs without saying anything, or its end was not told yet. Any other is tried again.
          if (isExpected(error)) usedAt.set(notebookId, now())
          else console.error('an idle kernel was not ended:', error)
        }
      }
      return ended
    },
  }
}

const isExpected = (error: unknown) => ['busy', 'no_kernel'].includes((error as Refused).code)

function inWords(ms: number) {
  const hours = ms / 3_600_000
  if (hours === 1) return 'an hour'
  if (hours > 1) return `${Number(hours.toFixed(1))} hours`
  const minutes = Math.max(1, Math.round(hours * 60))
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
