import type { CheckJob, CheckReply } from '../../lib/protocol/serving'
import { comparePredictions } from './compare'
import { type ModelChild, ModelDied } from './model-child'

/**
 * The self-test of a new version: a fresh process must predict what the cell did. Never rejects: that it could not
 * be loaded or threw is a finding. A child that passed goes to `keep`: it is warm for the first caller.
 */
export async function runCheck(
  start: (artifact: string) => Promise<ModelChild>,
  { artifact, records, predictions }: CheckJob,
  keep: (artifact: string, child: ModelChild) => void = (_artifact, child) => child.kill(),
): Promise<CheckReply> {
  let child: ModelChild | undefined
  try {
    child = await start(artifact)
    const reply = await child.predict(records)
    if (reply instanceof ModelDied) return { ok: false, reason: reply.message }
    if (reply.type === 'error') return { ok: false, reason: reply.message }
    const result = comparePredictions(predictions, reply.predictions)
    if ('reason' in result) return { ok: false, reason: result.reason }
    keep(artifact, child)
    child = undefined
    return { ok: true, ...result }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, reason: `it could not be loaded in a fresh process: ${message}` }
  } finally {
    child?.kill()
  }
}
