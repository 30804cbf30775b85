import type { CheckJob, CheckReply } from '../../lib/protocol/serving'
import { comparePredictions } from './compare'
import { type ModelChild, ModelDied } from './model-child'
import type { Model } from './pool'

/**
 * The self-test of a new version: a fresh process must predict what the cell did. Never rejects: that it could not
 * be loaded or threw is a finding. A child that passed goes to `keep`: it is warm for the first caller.
 */
export async function runCheck(
  start: (model: Model) => Promise<ModelChild>,
  { versionId, artifact, records, predictions }: CheckJob,
  keep: (model: Model, child: ModelChild) => void = (_model, child) => child.kill(),
): Promise<CheckReply> {
  const model = { versionId, artifact }
  let child: ModelChild | undefined
  try {
    child = await start(model)
    const reply = await child.predict(records)
    if (reply instanceof ModelDied) return { ok: false, reason: reply.message }
    if (reply.type === 'error') return { ok: false, reason: reply.message }
    const result = comparePredictions(predictions, reply.predictions)
    if ('reason' in result) return { ok: false, reason: result.reason }
    keep(model, child)
    child = undefined
    return { ok: true, ...result }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, reason: `it could not be loaded in a fresh process: ${message}` }
  } finally {
    child?.kill()
  }
}
