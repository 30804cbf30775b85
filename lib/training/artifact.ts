import { gunzipSync, gzipSync } from 'node:zlib'
import { type TrainedModel, trainedModel } from './model-format'

/**
 * The artifact of a trained model begins with this mark, which only trainers write: it is data and no code, so the
 * process that answers with it gets no network. After it the model's JSON, compressed.
 */
const mark = new TextEncoder().encode('cellar trained model 1\n')

/** Whether an artifact holds a trained model, by its first bytes. */
export const isTrained = (artifact: Uint8Array) =>
  artifact.length > mark.length && mark.every((byte, i) => artifact[i] === byte)

export const encodeTrained = (model: TrainedModel): Uint8Array =>
  Buffer.concat([mark, gzipSync(JSON.stringify(model))])

/** The inverse. Throws where it is damaged or of another format. */
export function decodeTrained(artifact: Uint8Array): TrainedModel {
  const { success, data, error } = trainedModel.safeParse(
    JSON.parse(gunzipSync(artifact.subarray(mark.length)).toString('utf8')),
  )
  if (success) return data
  const [issue] = error.issues
  throw new Error(`the trained model cannot be read: ${issue?.path.join('.')}: ${issue?.message}`)
}
