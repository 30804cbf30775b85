import type { ModelSignature } from '../../../../lib/protocol/imported-model'
import type { Predictor } from '../../../../lib/protocol/predictor'
import { fromAnswer, shapeKey, toFeeds } from './encode'
import type { Runner } from './tensor'

/** Records of one call, as for promoted models. */
const batchRecords = 256

/** Calls a model with records. Those whose tensors differ in shape go into different calls. */
export function importedPredictor(runner: Runner, signature: ModelSignature): Predictor {
  const most = signature.batching === 'stacked' ? batchRecords : 1
  const call = async (records: unknown[]) =>
    fromAnswer(signature, await runner.run(toFeeds(signature, records)), records.length)
  return async (records) => {
    const predictions: unknown[] = []
    for (let at = 0; at < records.length; ) {
      const count = alike(signature, records, at, most)
      predictions.push(...(await call(records.slice(at, at + count))))
      at += count
    }
    return predictions
  }
}

/** How many records from `at` on fit into one call. */
function alike(signature: ModelSignature, records: unknown[], at: number, most: number): number {
  const end = Math.min(records.length, at + most)
  const key = end - at > 1 ? shapeKey(signature, records[at]) : undefined
  if (key === undefined) return end - at
  let next = at + 1
  while (next < end && shapeKey(signature, records[next]) === key) next++
  return next - at
}
