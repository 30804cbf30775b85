import { setTimeout as later } from 'node:timers/promises'
import type { Dispatcher, Outcome, Target } from '../dispatch'
import { Refusal } from '../refusal'

/** A job is given up when no worker has answered for so long, milliseconds. */
const patienceMs = 3_600_000
const pauseMs = 1000

export class NoWorker extends Error {
  override name = 'NoWorker'
}

/**
 * Asks workers until one answers: they, or Redis, may be away for a while, and a job has time. Rejects with the signal's
 * reason, or with `NoWorker` after an hour.
 */
export async function ask(
  dispatcher: Dispatcher,
  target: Target,
  request: { requestId: string; records: unknown[]; bytes: number },
  signal: AbortSignal,
): Promise<Outcome> {
  const until = Date.now() + patienceMs
  for (;;) {
    signal.throwIfAborted()
    try {
      const outcome = await dispatcher.predict(target, request)
      if (!('error' in outcome.reply && outcome.reply.error.code === 'expired')) return outcome
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
    if (Date.now() > until) throw new NoWorker('no worker answered for an hour; are the workers running?')
    await later(pauseMs, undefined, { signal })
  }
}
