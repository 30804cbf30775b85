import type { KernelEventBody } from '../../lib/protocol/events'
import { limits as defaults } from '../../lib/protocol/limits'

/**
 * Keeps one notebook's output within what a page may be sent. Pure: time comes in as milliseconds.
 * Within the rate everything passes at once. Above it output waits, at most 1 MB of text and 1,000 outputs of it;
 * of what waits the oldest goes first, and is counted. Text left out is still in the execution's full log.
 */
export type Limiter = {
  /** What may be sent now, in order, after `body` has come: often itself, sometimes nothing. */
  offer(body: KernelEventBody, now: number): KernelEventBody[]
  /** What may be sent now of what waits. */
  drain(now: number): KernelEventBody[]
  /** All that waits, whatever the rate: an execution ends, and its last output belongs to it. */
  flush(): KernelEventBody[]
  waiting(): boolean
}

export type Rates = { bytesPerSecond: number; messagesPerSecond: number }

type Limited = Extract<
  KernelEventBody,
  { type: 'stream' | 'display_data' | 'update_display_data' | 'clear_output' | 'error' }
>
type Stream = Extract<Limited, { type: 'stream' }>
type Waiting = { body: Limited; bytes: number }

const waitingTextBytes = 1_000_000
const waitingOutputBytes = 16_000_000
const waitingItems = 1_000
/** Texts join up to here; joining all would copy the whole megabyte at each cut. */
const mergeBytes = 65_536

export function createLimiter(rates: Rates = defaults, start = 0): Limiter {
  const { bytesPerSecond, messagesPerSecond } = rates
  let bytesLeft = bytesPerSecond
  let messagesLeft = messagesPerSecond
  let refilledAt = start
  /** In order of arrival, by a growing number: taking one out of the middle costs nothing. */
  const queue = new Map<number, Waiting>()
  let serial = 0
  let textBytes = 0
  let outputBytes = 0
  let dropped = 0

  const refill = (now: number) => {
    const seconds = Math.max(0, now - refilledAt) / 1000
    refilledAt = Math.max(refilledAt, now)
    bytesLeft = Math.min(bytesPerSecond, bytesLeft + seconds * bytesPerSecond)
    messagesLeft = Math.min(messagesPerSecond, messagesLeft + seconds * messagesPerSecond)
  }
  const spend = (bytes: number) => {
    messagesLeft -= 1
    // A large bundle may pass and leave a debt of one second, not of the minute that it would cost.
    bytesLeft = Math.max(-bytesPerSecond, bytesLeft - bytes)
  }
  const remove = (key: number, { body, bytes }: Waiting) => {
    queue.delete(key)
    if (body.type === 'stream') textBytes -= bytes
    else outputBytes -= bytes
  }
  const add = (body: Limited, bytes: number) => {
    queue.set(serial++, { body, bytes })
    if (body.type === 'stream') textBytes += bytes
    else outputBytes += bytes
  }

  const wait = (body: Limited, bytes: number) => {
    if (body.type === 'stream') {
      const last = queue.get(serial - 1)
      if (last?.body.type === 'stream' && sameStream(last.body, body) && last.bytes < mergeBytes) {
        last.body = { ...last.body, text: last.body.text + body.text }
        last.bytes += bytes
        textBytes += bytes
      } else add(body, bytes)
      trimText()
      return
    }
    if (body.type === 'update_display_data' && updateWaiting(body, bytes)) return
    if (body.type === 'clear_output')
      for (const [key, each] of queue)
        if (each.body.executionId === body.executionId && each.body.type !== 'error') remove(key, each)
    add(body, bytes)
    trimOutputs()
  }

  /** Latest wins: the display that waits, or its last update, takes the new data. */
  const updateWaiting = (body: Extract<Limited, { type: 'update_display_data' }>, bytes: number) => {
    for (const each of queue.values()) {
      const { body: old } = each
      if (old.type !== 'display_data' && old.type !== 'update_display_data') continue
      if (old.displayId !== body.displayId) continue
      each.body = { ...old, data: body.data, metadata: body.metadata }
      outputBytes += bytes - each.bytes
      each.bytes = bytes
      return true
    }
    return false
  }

  const trimText = () => {
    if (textBytes <= waitingTextBytes && queue.size <= waitingItems) return
    for (const [key, item] of queue) {
      const excess = queue.size > waitingItems ? item.bytes : textBytes - waitingTextBytes
      if (excess <= 0) break
      if (item.body.type !== 'stream') continue
      const { kept, cut } = cutFront(item.body.text, excess)
      const omitted = (item.body.omitted ?? 0) + cut
      textBytes -= cut
      item.bytes -= cut
      item.body = { ...item.body, text: kept, omitted }
      // Its count moves to the next text of the execution, if one waits.
      if (kept === '' && passOn(key, item.body, omitted)) queue.delete(key)
    }
  }
  const passOn = (key: number, from: Stream, omitted: number) => {
    for (const [other, { body }] of queue) {
      if (other <= key || body.type !== 'stream' || body.executionId !== from.executionId) continue
      queue.get(other)!.body = { ...body, omitted: (body.omitted ?? 0) + omitted }
      return true
    }
    return false
  }

  const trimOutputs = () => {
    for (const [key, item] of queue) {
      if (outputBytes <= waitingOutputBytes && queue.size <= waitingItems) break
      if (item.body.type === 'stream' || key === serial - 1) continue
      remove(key, item)
      dropped += 1
    }
  }

  /** Says once, where they would have stood, how many outputs were left out. */
  const withNotice = (bodies: KernelEventBody[]): KernelEventBody[] => {
    const first = bodies.find((body) => 'executionId' in body)
    if (dropped === 0 || !first || !('executionId' in first)) return bodies
    const { cellId, executionId } = first
    const text = `${dropped} outputs left out: more than ${messagesPerSecond.toLocaleString('en')} a second\n`
    dropped = 0
    return [{ type: 'stream', cellId, executionId, name: 'stderr', text }, ...bodies]
  }

  const drain = (now: number) => {
    refill(now)
    const out: KernelEventBody[] = []
    for (const [key, item] of queue) {
      if (messagesLeft < 1 || bytesLeft <= 0) break
      const { body } = item
      if (body.type === 'stream' && item.bytes > bytesLeft) {
        const { head, rest } = split(body.text, bytesLeft)
        const bytes = Buffer.byteLength(head)
        spend(bytes)
        out.push({ ...body, text: head })
        item.body = { ...body, text: rest, omitted: undefined }
        item.bytes -= bytes
        textBytes -= bytes
        break
      }
      spend(item.bytes)
      remove(key, item)
      out.push(body)
    }
    return withNotice(out.map(withoutEmpty))
  }

  return {
    offer(body, now) {
      if (!isLimited(body)) return [...this.flush(), body]
      refill(now)
      const bytes = sizeOf(body)
      const fits =
        queue.size === 0 && messagesLeft >= 1 && (body.type === 'stream' ? bytes <= bytesLeft : bytesLeft > 0)
      if (fits) {
        spend(bytes)
        return [body]
      }
      const opens = queue.size === 0 && body.type === 'stream' && messagesLeft >= 1 && bytesLeft > 0
      if (opens) {
        // The first to be too much: its beginning still passes.
        const { head, rest } = split(body.text, bytesLeft)
        spend(Buffer.byteLength(head))
        wait({ ...body, text: rest, omitted: undefined }, Buffer.byteLength(rest))
        return [{ ...body, text: head }]
      }
      wait(body, bytes)
      return drain(now)
    },
    drain,
    flush() {
      const out = withNotice([...queue.values()].map(({ body }) => withoutEmpty(body)))
      queue.clear()
      textBytes = 0
      outputBytes = 0
      return out
    },
    waiting: () => queue.size > 0,
  }
}

const limited = new Set(['stream', 'display_data', 'update_display_data', 'clear_output', 'error'])
const isLimited = (body: KernelEventBody): body is Limited => limited.has(body.type)

const sameStream = (a: Stream, b: Stream) => a.executionId === b.executionId && a.name === b.name

function sizeOf(body: Limited) {
  if (body.type === 'stream') return Buffer.byteLength(body.text)
  if (body.type === 'clear_output') return 0
  if (body.type === 'error') return body.evalue.length + body.traceback.join('\n').length
  return bundleBytes(body.data)
}

/** About the bytes of a bundle as JSON. */
export function bundleBytes(data: Record<string, unknown>) {
  let bytes = 0
  for (const value of Object.values(data))
    bytes += typeof value === 'string' ? Buffer.byteLength(value) : JSON.stringify(value).length
  return bytes
}

/** Takes at least `bytes` (or all) from the front, whole characters. */
function cutFront(text: string, bytes: number) {
  if (bytes >= Buffer.byteLength(text)) return { kept: '', cut: Buffer.byteLength(text) }
  // Every UTF-16 unit is at least one byte, so this many units are enough.
  const { head, rest } = split(text, bytes)
  return { kept: rest, cut: Buffer.byteLength(head) }
}

/** Splits after `units` UTF-16 units, not inside a surrogate pair. */
function split(text: string, units: number) {
  let at = Math.max(1, Math.floor(units))
  const code = text.charCodeAt(at - 1)
  if (code >= 0xd800 && code < 0xdc00) at += 1
  return { head: text.slice(0, at), rest: text.slice(at) }
}

const withoutEmpty = (body: KernelEventBody): KernelEventBody => {
  if (body.type !== 'stream' || body.omitted) return body
  const { omitted: _none, ...rest } = body
  return rest
}
