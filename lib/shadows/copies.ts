import { measureDifference } from '../registry/difference'
import type { Dispatcher } from '../serving/dispatch'
import { maxKept } from '../serving/log-row'
import { Refusal } from '../serving/refusal'
import { place } from '../serving/splits'
import { countAgreed } from './agreement'
import type { RunningShadow } from './running'
import type { ShadowLog } from './shadow-log'

/** A request that has had its answer. */
export type Answered = {
  endpointId: string
  versionId: string
  requestId: string
  /** As it was given, before the version's schema read it. */
  body: unknown
  bytes: number
  status: number
  latencyMs: number
  /** Null where it got an error. */
  predictions: unknown[] | null
  /** Of the requests whose answers are kept. */
  sampleShare: number
}

export type Copies = {
  /** Sends copies to the shadows of an endpoint, once its answer is on its way. Never throws, and nobody waits for it. */
  send(answered: Answered): void
  close(): Promise<void>
}

type Place = {
  running: { of(endpointId: string): readonly RunningShadow[] }
  log: ShadowLog
  /** Of its own, behind all that anybody waits for; made when the first copy is sent. */
  dispatcher: () => Dispatcher
  /** Whether requests wait that somebody wants answered. */
  underPressure: () => boolean
}

/** Copies of requests for the versions that shadow others. */
export function createCopies({ running, log, dispatcher, underPressure }: Place): Copies {
  let own: Dispatcher | undefined

  async function ask(shadow: RunningShadow, answered: Answered) {
    const began = performance.now()
    const { requestId, body, bytes, status, latencyMs, predictions, sampleShare } = answered
    const sampled = place(requestId) < sampleShare
    const row = {
      shadowId: shadow.id,
      requestId,
      realStatus: status,
      realLatencyMs: latencyMs,
      sampled,
      at: new Date(),
    }
    const failed = (code: number, error: string, records = 0) =>
      log.add({
        ...row,
        status: code,
        latencyMs: performance.now() - began,
        modelMs: null,
        records,
        agreed: null,
        difference: null,
        output: null,
        error,
      })
    const parsed = shadow.read(body)
    if ('problem' in parsed) return failed(400, parsed.problem.message)
    const { records } = parsed
    own ??= dispatcher()
    try {
      const { reply, modelMs } = await own.predict(shadow, { requestId, records, bytes })
      if (!('predictions' in reply)) {
        const { code, message } = reply.error
        if (code === 'expired') return log.dropped(shadow.id)
        return failed(code === 'bad_record' ? 400 : 500, message, records.length)
      }
      const output = sampled ? JSON.stringify(reply.predictions) : null
      log.add({
        ...row,
        status: 200,
        latencyMs: performance.now() - began,
        modelMs,
        records: records.length,
        agreed: predictions && countAgreed(predictions, reply.predictions),
        difference: predictions && measureDifference(predictions, reply.predictions).maxDifference,
        output: output !== null && output.length > maxKept ? null : output,
        error: null,
      })
    } catch (error) {
      // Too many wait, or it came too late: this is pressure, and no fault of the version.
      if (error instanceof Refusal && error.status !== 500) return log.dropped(shadow.id)
      failed(500, error instanceof Error ? error.message : String(error), records.length)
    }
  }

  return {
    send(answered) {
      const shadows = running.of(answered.endpointId)
      if (shadows.length === 0) return
      for (const shadow of shadows) {
        if (shadow.versionId === answered.versionId) continue
        if (place(`${shadow.id}:${answered.requestId}`) * 100 >= shadow.share) continue
        if (underPressure()) log.dropped(shadow.id)
        // After what has come in meanwhile.
        else setImmediate(() => void ask(shadow, answered))
      }
    },
    async close() {
      await own?.close()
      await log.close()
    },
  }
}
