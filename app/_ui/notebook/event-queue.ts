import { applyEvents, type NotebookState } from '../../../lib/notebook/state'
import type { KernelEvent } from '../../../lib/protocol/events'

/**
 * Folds events once per animation frame instead of one by one: at 1,000 messages a second the page draws at
 * its own pace. While the tab is hidden no frame comes, and a timer does it.
 */
export function createEventQueue(read: () => NotebookState, write: (state: NotebookState) => void) {
  let waiting: KernelEvent[] = []
  let scheduled = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush() {
    clearTimeout(timer)
    scheduled = false
    const events = joinStreams(waiting)
    waiting = []
    if (events.length) write(applyEvents(read(), events))
  }
  return {
    push(events: KernelEvent[]) {
      waiting.push(...events)
      if (scheduled) return
      scheduled = true
      if (typeof document !== 'undefined' && !document.hidden)
        requestAnimationFrame(() => scheduled && flush())
      timer = setTimeout(() => scheduled && flush(), 250)
    },
    /** Folds what waits, now. */
    flush,
    /** Forgets what waits. */
    drop() {
      clearTimeout(timer)
      scheduled = false
      waiting = []
    },
  }
}

/**
 * Joins neighbouring texts of one stream into one event with the last one's number: cutting a full tail once per
 * frame is cheap, once per event it is megabytes copied each time. Gaps in the text keep their place.
 */
export function joinStreams(events: readonly KernelEvent[]): KernelEvent[] {
  const joined: KernelEvent[] = []
  let run: Extract<KernelEvent, { type: 'stream' }>[] = []
  const end = () => {
    const last = run.at(-1)
    if (!last) return
    const { omitted } = run[0]!
    joined.push({ ...last, text: run.map(({ text }) => text).join(''), omitted })
    run = []
  }
  for (const event of events) {
    const first = run[0]
    const continues =
      event.type === 'stream' &&
      !event.omitted &&
      first?.executionId === event.executionId &&
      first.name === event.name &&
      first.epoch === event.epoch
    if (!continues) end()
    if (event.type === 'stream') run.push(event)
    else joined.push(event)
  }
  end()
  return joined
}
