import type { Exit } from '../isolate/spawn'

/** Why a child ended, also by what it said last. */
export type LastWords = {
  heard(bytes: Uint8Array): void
  deathCause(exit: Exit): string
  /** It never got ready. */
  startFailure(exit: Exit, startMs: number): string
}

/** Hears the errors that one child prints. */
export function createLastWords(): LastWords {
  let words = ''
  return {
    heard(bytes) {
      words = (words + Buffer.from(bytes).toString()).slice(-4000)
    },
    deathCause: ({ reason }) =>
      /heap out of memory|heap limit/i.test(words) ? 'out of memory: the JavaScript heap is full' : reason,
    startFailure({ killed, reason }, startMs) {
      const said = words.trim().slice(-500)
      const cause = killed ? `it was not ready within ${startMs / 1000} s` : reason
      return `the kernel could not be started: ${cause}${said && `; it said: ${said}`}`
    },
  }
}
