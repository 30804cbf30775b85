import type { KernelEventBody, MimeBundle } from '../../lib/protocol/events'
import type { ChildMessage, KernelError } from '../../lib/protocol/kernel'
import { limits } from '../../lib/protocol/limits'
import type { Tracked } from '../../lib/protocol/tracking'
import { cutLines, cutText, fitBundle } from './bundle'
import { bundleBytes, createLimiter, type Rates } from './limits'
import { createLog, type ExecutionLog, logFile } from './log'
import type { RedactedStream, Redactor } from './secrets/redactor'

/** Which execution an output belongs to. */
export type Of = { cellId: string; executionId: string }

/** Turns what a child says into events within the limits; texts of a moment become one. */
export type Outputs = {
  text(of: Of, name: 'stdout' | 'stderr', bytes: Uint8Array): void
  display(message: Extract<ChildMessage, { type: 'display' }>): void
  clear(of: Of, wait: boolean): void
  result(
    of: Of,
    executionCount: number,
    result: { data: MimeBundle; metadata: Record<string, unknown> },
  ): void
  error(of: Of, error: KernelError): void
  /** Past the limits of pages, which are not told what it is. */
  tracked(of: Of, userId: string, news: Tracked): void
  /** Everything that waits, then `body`: nothing of an execution comes after its end. */
  event(body: KernelEventBody): void
  /** The last byte of an execution's log: after this only a late callback writes, and its text is shown, not logged. */
  endLog(executionId: string): Promise<void>
  /** Settles when an execution's log on disk holds all so far. */
  logged(executionId: string): Promise<void>
  close(): Promise<void>
}

const batchMs = 16
const atOnce = 8
const drainMs = 100
const endedKept = 10_000

/** `emit` gets each event in order, at most `limits` of them. `logFolder`: where full logs go. */
export function createOutputs({
  emit,
  logFolder,
  rates,
  redactor,
}: {
  emit: (body: KernelEventBody) => void
  logFolder: string
  /** Of what a page is sent; `lib/protocol/limits` unless given. */
  rates?: Rates
  /** Takes secrets out of everything before it is logged or emitted. */
  redactor?: Redactor
}): Outputs {
  const now = () => performance.now()
  const limiter = createLimiter(rates, now())
  const logs = new Map<string, ExecutionLog>()
  /** The last of them; a late text must not begin their file anew. */
  const ended = new Set<string>()
  const decoders = new Map<string, TextDecoder>()
  const redactions = new Map<string, RedactedStream>()
  /** Bytes of displays by execution: what a page keeps of a cell is bounded, however long it runs. */
  const shown = new Map<string, number>()
  let held: (Of & { name: 'stdout' | 'stderr'; text: string }) | undefined
  let windowStart = 0
  let inWindow = 0
  let batchTimer: NodeJS.Timeout | undefined
  let drainTimer: NodeJS.Timeout | undefined

  const pass = (bodies: KernelEventBody[]) => {
    for (const body of bodies) emit(body)
    if (limiter.waiting()) {
      drainTimer ??= setInterval(() => pass(limiter.drain(now())), drainMs)
    } else {
      clearInterval(drainTimer)
      drainTimer = undefined
    }
  }
  const release = () => {
    clearTimeout(batchTimer)
    batchTimer = undefined
    if (!held) return
    const { cellId, executionId, name, text } = held
    held = undefined
    pass(limiter.offer({ type: 'stream', cellId, executionId, name, text }, now()))
  }
  const offer = (body: KernelEventBody) => {
    if ('executionId' in body) sayRest(body)
    release()
    pass(limiter.offer(body, now()))
  }
  const log = (executionId: string) => {
    const found = logs.get(executionId)
    if (found || ended.has(executionId)) return found
    const made = createLog(logFile(logFolder, executionId))
    logs.set(executionId, made)
    return made
  }
  const shrink = (executionId: string, data: MimeBundle) => {
    const fitted = fitBundle(data)
    if (fitted.cut !== undefined) log(executionId)?.write(`${fitted.cut}\n`)
    return fitted.data
  }

  /** Whether one more display of an execution can be shown; the first that cannot says so once, and all are in the log. */
  const fits = ({ cellId, executionId }: Of, data: MimeBundle) => {
    const before = shown.get(executionId) ?? 0
    const after = before + bundleBytes(data)
    if (before === 0 || after <= limits.displayBytes) {
      shown.set(executionId, after)
      if (shown.size > endedKept) shown.delete(shown.keys().next().value!)
      return true
    }
    const text = data['text/plain']
    if (typeof text === 'string') log(executionId)?.write(`${text}\n`)
    if (before === Number.POSITIVE_INFINITY) return false
    shown.set(executionId, Number.POSITIVE_INFINITY)
    const most = limits.displayBytes / 1_000_000
    const notice = `the displays from here on are left out: of one execution ${most} MB are shown\n`
    offer({ type: 'stream', cellId, executionId, name: 'stderr', text: notice })
    return false
  }

  /** The first few texts of a window go at once, so that a line is seen when it is printed; more become one. */
  const hold = (of: Of, name: 'stdout' | 'stderr', text: string) => {
    if (held && (held.executionId !== of.executionId || held.name !== name)) release()
    if (held) held.text += text
    else held = { cellId: of.cellId, executionId: of.executionId, name, text }
    const time = now()
    if (time - windowStart > batchMs) {
      windowStart = time
      inWindow = 0
    }
    if (++inWindow <= atOnce) release()
    else if (held) batchTimer ??= setTimeout(release, batchMs)
  }

  const say = (of: Of, name: 'stdout' | 'stderr', bytes: Uint8Array) => {
    if (bytes.length === 0) return
    log(of.executionId)?.write(bytes)
    // Per stream: a character may be cut in two between frames.
    const key = `${of.executionId} ${name}`
    const decoder = decoders.get(key) ?? new TextDecoder()
    decoders.set(key, decoder)
    // A NUL cannot be stored; the log has it.
    const text = decoder.decode(bytes, { stream: true }).replaceAll('\0', '\ufffd')
    if (text) hold(of, name, text)
  }
  /** What was kept back because it could have begun a secret. */
  const sayRest = (of: Of) => {
    for (const name of ['stdout', 'stderr'] as const) {
      const redaction = redactions.get(`${of.executionId} ${name}`)
      if (redaction) say(of, name, redaction.flush())
    }
  }
  const redact = <T>(value: T): T => redactor?.value(value) ?? value

  return {
    text(of, name, bytes) {
      if (!redactor) return say(of, name, bytes)
      const key = `${of.executionId} ${name}`
      const redaction = redactions.get(key) ?? redactor.stream()
      redactions.set(key, redaction)
      say(of, name, redaction.push(bytes))
    },
    display({ cellId, executionId, displayId, update, ...shown }) {
      const { data, metadata = {} } = redact(shown)
      const body = { cellId, executionId, data: shrink(executionId, data), metadata: metadata as MimeBundle }
      if (update && displayId) offer({ type: 'update_display_data', ...body, displayId })
      else if (fits(body, body.data))
        offer({ type: 'display_data', ...body, ...(displayId && { displayId }) })
    },
    clear({ cellId, executionId }, wait) {
      shown.delete(executionId)
      offer({ type: 'clear_output', cellId, executionId, wait })
    },
    result({ cellId, executionId }, executionCount, result) {
      const { data, metadata } = redact(result)
      const body = { cellId, executionId, data: shrink(executionId, data), metadata: metadata as MimeBundle }
      offer({ type: 'execute_result', ...body, executionCount })
    },
    tracked: ({ cellId, executionId }, userId, news) =>
      emit({ type: 'tracked', cellId, executionId, userId, news: redact(news) }),
    error({ cellId, executionId }, error) {
      const { ename, evalue, traceback, frames } = redact(error)
      const body = { ename: cutText(ename), evalue: cutText(evalue), traceback: cutLines(traceback), frames }
      offer({ type: 'error', cellId, executionId, ...body })
    },
    event: offer,
    async endLog(executionId) {
      for (const name of ['stdout', 'stderr']) {
        decoders.delete(`${executionId} ${name}`)
        redactions.delete(`${executionId} ${name}`)
      }
      ended.add(executionId)
      if (ended.size > endedKept) ended.delete(ended.values().next().value!)
      // Until it is whole on disk it stays where `logged` looks for it.
      await logs.get(executionId)?.end()
      logs.delete(executionId)
    },
    async logged(executionId) {
      await logs.get(executionId)?.flushed()
    },
    async close() {
      release()
      pass(limiter.flush())
      clearInterval(drainTimer)
      await Promise.all([...logs.values()].map((each) => each.end()))
      logs.clear()
    },
  }
}
