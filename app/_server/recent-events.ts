import { comparePositions, type KernelEvent, type Position } from '../../lib/protocol/events'

const mostEvents = 4000
/** Characters of the events' large parts. */
const mostSize = 8_000_000

/** A notebook's last events, for readers who come back after a short break. */
export type Recent = {
  add(events: KernelEvent[]): void
  /** All after a position; undefined when some of them are not kept, or when the reader is ahead of `now`. */
  since(after: Position, now: Position): KernelEvent[] | undefined
}

/** `from`: the reader who begins here has everything so far. */
export function createRecent(from: Position): Recent {
  let events: KernelEvent[] = []
  let size = 0
  /** The last event that is not kept any more. */
  let before = from
  return {
    add(more) {
      for (const event of more) {
        events.push(event)
        size += sizeOf(event)
      }
      if (events.length <= mostEvents && size <= mostSize) return
      // By half, so that this is rare.
      const kept = events.slice(Math.ceil(events.length / 2))
      const { epoch, seq } = events[events.length - kept.length - 1]!
      before = { epoch, seq }
      events = kept
      size = events.reduce((sum, event) => sum + sizeOf(event), 0)
    },
    since(after, now) {
      const order = comparePositions(after, now)
      if (order === 0) return []
      if (order > 0 || comparePositions(after, before) < 0) return
      return events.filter((event) => comparePositions(event, after) > 0)
    },
  }
}

function sizeOf(event: KernelEvent) {
  if (event.type === 'stream') return 100 + event.text.length
  return 'data' in event ? JSON.stringify(event.data).length : 200
}
