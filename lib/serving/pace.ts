import { LRUCache } from 'lru-cache'

/** How large the next call of a model may be. */
export type Pace = {
  /** Records of a lane's next job. */
  most(lane: string): number
  /** A job of so many records took so long in the model. */
  saw(lane: string, records: number, modelMs: number): void
}

const firstRecords = 16

/**
 * Jobs that take about `targetMs` in the model, whatever the model: what comes meanwhile waits for one of them in the
 * model's line. A lane begins small and doubles at most.
 */
export function createPace({ targetMs, maxRecords }: { targetMs: number; maxRecords: number }): Pace {
  const sizes = new LRUCache<string, number>({ max: 1000 })
  const most = (lane: string) => sizes.get(lane) ?? firstRecords
  return {
    most,
    saw(lane, records, modelMs) {
      const now = most(lane)
      // A job that was not full says little of a larger one; it only may say that it was too slow.
      const fits = modelMs > 0 ? Math.floor((records * targetMs) / modelMs) : maxRecords
      if (records < now && fits >= now) return
      sizes.set(lane, Math.max(1, Math.min(fits, 2 * now, maxRecords)))
    },
  }
}
