import { LRUCache } from 'lru-cache'
import type { Standing } from './coalesce'
import type { Limits } from './limits'
import { createServiceTime, type ServiceTime } from './service-time'

type Lane = {
  /** Records in the jobs that are out. */
  out: number
  /** When a job ended last. */
  endedAt: number
  service: ServiceTime
}
type Job = { lane: string; records: number; sent: number }

/** Knows how long a version's next request would wait. Times are milliseconds on the clock of `performance`. */
export type Admission = {
  /** Until a request of `size` records that comes now has its answer. */
  expect(lane: string, size: number, limits: Limits, standing: Standing): number
  sent(job: Job): void
  /** What a job's reply tells: `loadMs` of its time went into loading the model. */
  saw(job: Job, reply: { modelMs: number; loadMs?: number }): void
  ended(job: Job): void
}

/** By how long the last jobs took, since counting requests alone says little: one model needs a millisecond, another a second. */
export function createAdmission(now: () => number = () => performance.now()): Admission {
  const lanes = new LRUCache<string, Lane>({ max: 1000 })

  function laneOf(name: string) {
    const known = lanes.get(name)
    if (known) return known
    const lane: Lane = { out: 0, endedAt: 0, service: createServiceTime() }
    lanes.set(name, lane)
    return lane
  }

  return {
    expect(name, size, { maxRequests, maxRecords }, { requests, records, jobs }) {
      // What would be alone is always tried: nothing else would tell that a model has become quicker.
      if (requests + jobs === 0) return 0
      const { out, endedAt, service } = laneOf(name)
      const before = Math.max(0, service.expect(jobs, out) - (now() - endedAt))
      const batches = Math.ceil(Math.max((requests + 1) / maxRequests, (records + size) / maxRecords))
      return before + service.expect(batches, records + size)
    },
    sent({ lane, records }) {
      laneOf(lane).out += records
    },
    saw({ lane: name, records, sent }, { modelMs, loadMs = 0 }) {
      const lane = laneOf(name)
      const at = now()
      // From the end of the job before: until then its model was busy, however many jobs are out at once.
      lane.service.saw(records, Math.max(modelMs, at - Math.max(lane.endedAt, sent) - loadMs))
      lane.endedAt = at
    },
    ended({ lane: name, records }) {
      const lane = laneOf(name)
      lane.out = Math.max(0, lane.out - records)
    },
  }
}
