import type { Predictor } from '../../../../lib/protocol/predictor'
import type { TrainedModel } from '../../../../lib/training/model-format'
import { compileEncoder } from './encode'
import type { Outputs } from './link'
import { compileOutputs } from './outputs'

/** Answers records with a trained model. Pure: no library, no files. */
export function trainedPredictor(model: TrainedModel): Predictor {
  const { encode } = compileEncoder(model)
  const answer = answerOf(model, compileOutputs(model.predictor))
  return async (records) => records.map((record) => answer(encode(record)))
}

/** A row of numbers → the answer as people get it. */
export function answerOf({ target }: Pick<TrainedModel, 'target'>, outputs: Outputs) {
  return (row: Float64Array): unknown => {
    const values = outputs(row)
    if (!target) {
      const cluster = indexOfLeast(values)
      return { cluster, distance: values[cluster] }
    }
    if (target.type === 'number') return { prediction: values[0] }
    const best = indexOfMost(values)
    const probabilities = Object.fromEntries(target.classes.map((each, i) => [String(each), values[i]]))
    return { prediction: target.classes[best], probabilities }
  }
}

/** The first of the largest. */
export const indexOfMost = (values: Float64Array) =>
  values.reduce((best, value, i) => (value > values[best]! ? i : best), 0)

const indexOfLeast = (values: Float64Array) =>
  values.reduce((best, value, i) => (value < values[best]! ? i : best), 0)
