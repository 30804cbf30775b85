/** Between the parts of long work: gives the event loop its turn when it has waited long enough. */
export type Pause = () => Promise<void> | undefined

/** How long a Stop, or another page's ask, may wait for long work. */
const longestMs = 12

export function createPause(): Pause {
  let began = performance.now()
  return () => {
    if (performance.now() - began < longestMs) return undefined
    return new Promise((resolve) =>
      setImmediate(() => {
        began = performance.now()
        resolve()
      }),
    )
  }
}

/** Rows that are worked on between two looks at the clock. */
export const chunkRows = 16_384
