/** Things with the same time, of which nearly all are over before it has passed. */
export type Deadlines<T> = {
  add(thing: T): void
  /** It is over: nothing will be said of it. */
  delete(thing: T): void
}

type Options = {
  now?: () => number
  later?: (run: () => void, ms: number) => unknown
}

/**
 * Calls `passed` for each thing that is still there `ms` milliseconds after it was added. With one timer for all of them, set
 * for the oldest: a timer for each request would cost more than the rest of its bookkeeping.
 */
export function createDeadlines<T>(
  ms: number,
  passed: (thing: T) => void,
  { now = () => performance.now(), later = (run, after) => setTimeout(run, after).unref() }: Options = {},
): Deadlines<T> {
  /** With the time of each, in the order of their coming. */
  const open = new Map<T, number>()
  let waiting = false

  function wait(after: number) {
    waiting = true
    later(look, after)
  }

  function look() {
    waiting = false
    for (const [thing, at] of open) {
      const left = at - now()
      if (left > 0) return wait(left)
      open.delete(thing)
      passed(thing)
    }
  }

  return {
    add(thing) {
      open.set(thing, now() + ms)
      if (!waiting) wait(ms)
    },
    delete(thing) {
      open.delete(thing)
    },
  }
}
