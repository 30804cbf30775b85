import { comparePositions, type KernelEvent, type Position } from '../../lib/protocol/events'
import type { Spool } from './spool'

/**
 * Brings one notebook's events to web: in order, at least once, again after a break.
 * Live events go out as they are made, without waiting for earlier acknowledgements; when web falls behind,
 * they stay on disk and are read from there, so that memory does not grow.
 */
export type Delivery = {
  /** An event that was just appended to the spool. */
  push(event: KernelEvent): void
  /** A connection stands: all that is not acknowledged goes out again. */
  connected(): void
  disconnected(): void
  /** Web lacks what comes after this. */
  resend(after: Position): void
  /** Whether web has everything. */
  settled(): boolean
}

/** Settles true once web has committed the events; false or a rejection sends them again. */
export type Send = (events: KernelEvent[]) => Promise<boolean>

const windowBytes = 4_000_000
const batchBytes = 1_000_000
const retryMs = 1000
/**
 * That a cell waits or runs may come so much later, with the end of the one before it: most cells end before, and then one
 * batch says it all. Each batch is a write, a broadcast, a commit and an acknowledgement, which would be under way while
 * the result is waited for.
 */
const beginningMs = 8

/** `onSettled` is called when web has everything. */
export function createDelivery(spool: Spool, send: Send, onSettled: () => void = () => {}): Delivery {
  /** Raised at each break: what an earlier connection still answers is dropped. */
  let connection = 0
  let open = false
  /** Events are on disk that were not sent. */
  let behind = false
  let sent: Position = { epoch: 0, seq: 0 }
  let inFlight = 0
  let outbox: KernelEvent[] = []
  let outboxBytes = 0
  let retry: NodeJS.Timeout | undefined
  let beginning: NodeJS.Timeout | undefined
  /** A flush is under way in this turn. */
  let isHurried = false

  const emit = (events: KernelEvent[], bytes: number) => {
    const mine = connection
    const last = events.at(-1)!
    sent = { epoch: last.epoch, seq: last.seq }
    inFlight += bytes
    const settle = (ok: boolean) => {
      if (mine !== connection) return
      if (!ok) return pause()
      inFlight -= bytes
      spool.acknowledge(last)
      fill()
      if (settled()) onSettled()
    }
    send(events).then(settle, () => settle(false))
  }
  const flush = () => {
    clearTimeout(beginning)
    beginning = undefined
    if (!open || outbox.length === 0) return
    const events = outbox
    const bytes = outboxBytes
    outbox = []
    outboxBytes = 0
    emit(events, bytes)
  }
  /** Sends what is on disk until web has enough in flight or all there is. */
  const fill = () => {
    flush()
    while (open && behind && inFlight < windowBytes) {
      const events = spool.read(sent, batchBytes)
      if (events.length === 0) behind = false
      else emit(events, batchBytes)
    }
  }
  const begin = (after: Position) => {
    connection += 1
    clearTimeout(retry)
    open = true
    behind = true
    inFlight = 0
    outbox = []
    outboxBytes = 0
    sent = { epoch: after.epoch, seq: after.seq }
    fill()
  }
  const stop = () => {
    connection += 1
    clearTimeout(retry)
    open = false
  }
  /** Web refused or did not answer, though the connection stands: its database may be away for a moment. */
  const pause = () => {
    stop()
    retry = setTimeout(() => begin(spool.acknowledged()), retryMs)
    retry.unref()
  }
  const settled = () => comparePositions(spool.acknowledged(), spool.position()) >= 0

  return {
    push(event) {
      if (!open) return
      if (behind || inFlight + outboxBytes > windowBytes) {
        behind = true
        return fill()
      }
      // One batch for all events of this turn; no timer for what people wait for.
      if (isBeginning(event)) beginning ??= setTimeout(flush, beginningMs)
      else if (!isHurried) {
        isHurried = true
        queueMicrotask(() => {
          isHurried = false
          // The next cell of a queue has begun: its end will say more.
          if (!isRunning(outbox.at(-1))) flush()
        })
      }
      outbox.push(event)
      outboxBytes += sizeOf(event)
    },
    connected: () => begin(spool.acknowledged()),
    disconnected: stop,
    resend(after) {
      if (open) begin(after)
    },
    settled,
  }
}

const isRunning = (event: KernelEvent | undefined) => event?.type === 'execution' && event.state === 'running'
const isBeginning = (event: KernelEvent) =>
  (event.type === 'execution' && (event.state === 'queued' || event.state === 'running')) ||
  (event.type === 'status' && event.state === 'busy')

/** About its bytes on the wire; only large ones matter. */
function sizeOf(event: KernelEvent) {
  if (event.type === 'stream') return 200 + event.text.length
  if ('data' in event)
    return Object.values(event.data).reduce<number>(
      (sum, value) => sum + (typeof value === 'string' ? value.length : 2_000),
      200,
    )
  return 300
}
