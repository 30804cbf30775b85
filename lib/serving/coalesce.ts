/** One version's requests on their way: those that wait, with their records and bytes, and the jobs that are out. */
type Lane<Item> = {
  waiting: Set<Item>
  records: number
  bytes: number
  jobs: number
  /** Its own limits, and these completed. */
  own?: Partial<CoalesceLimits>
  limits: CoalesceLimits
}

export type CoalesceLimits = {
  /** Requests in a job, of each lane or of this one, and their records and bytes together unless a single one has more. */
  maxRequests: number | ((lane: string) => number)
  maxRecords: number
  maxBytes: number
  /** Jobs of a version that are out at once: one in the model, one on its way. */
  maxJobs: number
  /** What may wait per version, before others are refused. */
  maxWaiting: number
  maxWaitingBytes: number
}

export const coalesceLimits: CoalesceLimits = {
  maxRequests: 64,
  maxRecords: 1000,
  maxBytes: 2 ** 20,
  maxJobs: 2,
  maxWaiting: 1024,
  maxWaitingBytes: 64 * 2 ** 20,
}

/** What waits in a lane, and how many of its jobs are out. */
export type Standing = { requests: number; records: number; jobs: number }

export type Coalescer<Item> = {
  /** Takes an item for a lane; false when the lane is full. `limits` are the lane's own from now on. */
  add(lane: string, item: Item, limits?: Partial<CoalesceLimits>): boolean
  standing(lane: string): Standing
  /** Takes a waiting item back; false when it has been sent. */
  remove(lane: string, item: Item): boolean
  /** One of the lane's jobs has ended. */
  finished(lane: string): void
}

/**
 * Gathers requests into jobs without a timer: whenever fewer than `maxJobs` of a lane are out, what waits is sent.
 * A single client never waits for company; under load, batches grow to what came in during the last job.
 * `soon` runs a function after the events at hand, so that requests that came together leave together.
 */
export function createCoalescer<Item extends { size: number; bytes: number }>(
  send: (lane: string, items: Item[]) => void,
  limits: Partial<CoalesceLimits> = {},
  soon: (run: () => void) => void = setImmediate,
): Coalescer<Item> {
  const common = { ...coalesceLimits, ...limits }
  const lanes = new Map<string, Lane<Item>>()
  const ready = new Set<string>()

  function flushSoon(name: string) {
    if (ready.size === 0) soon(flush)
    ready.add(name)
  }

  function flush() {
    const names = [...ready]
    ready.clear()
    for (const name of names) {
      const lane = lanes.get(name)
      while (lane && lane.jobs < lane.limits.maxJobs && lane.waiting.size > 0) {
        lane.jobs++
        send(name, take(name, lane))
      }
      drop(name, lane)
    }
  }

  function take(name: string, lane: Lane<Item>) {
    const { maxRequests, maxRecords, maxBytes } = lane.limits
    const most = typeof maxRequests === 'number' ? maxRequests : maxRequests(name)
    const items: Item[] = []
    let [records, bytes] = [0, 0]
    for (const item of lane.waiting) {
      if (items.length > 0 && (records + item.size > maxRecords || bytes + item.bytes > maxBytes)) break
      items.push(item)
      records += item.size
      bytes += item.bytes
      lane.waiting.delete(item)
      if (items.length >= most) break
    }
    lane.records -= records
    lane.bytes -= bytes
    return items
  }

  function drop(name: string, lane: Lane<Item> | undefined) {
    if (lane && lane.jobs === 0 && lane.waiting.size === 0) lanes.delete(name)
  }

  return {
    add(name, item, own) {
      let lane = lanes.get(name)
      if (!lane) {
        lane = { waiting: new Set(), records: 0, bytes: 0, jobs: 0, limits: common }
        lanes.set(name, lane)
      }
      if (own && own !== lane.own) {
        lane.own = own
        lane.limits = { ...common, ...own }
      }
      const { maxJobs, maxWaiting, maxWaitingBytes } = lane.limits
      const full = lane.waiting.size >= maxWaiting || lane.bytes + item.bytes > maxWaitingBytes
      if (full && lane.waiting.size > 0) return false
      lane.waiting.add(item)
      lane.records += item.size
      lane.bytes += item.bytes
      if (lane.jobs < maxJobs) flushSoon(name)
      return true
    },
    standing(name) {
      const lane = lanes.get(name)
      if (!lane) return { requests: 0, records: 0, jobs: 0 }
      return { requests: lane.waiting.size, records: lane.records, jobs: lane.jobs }
    },
    remove(name, item) {
      const lane = lanes.get(name)
      if (!lane?.waiting.delete(item)) return false
      lane.records -= item.size
      lane.bytes -= item.bytes
      drop(name, lane)
      return true
    },
    finished(name) {
      const lane = lanes.get(name)
      if (!lane) return
      lane.jobs--
      if (lane.waiting.size > 0) flushSoon(name)
      else drop(name, lane)
    },
  }
}
