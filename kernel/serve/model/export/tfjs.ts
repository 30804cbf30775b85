import type { FoundModel } from './find-model'
import { weightBytes } from './weights'
import { zip } from './zip'

/** One file of weights: they are fetched at once anyway. */
const shard = 'group1-shard1of1.bin'

/** `model.json` and its weights in a zip, as `tf.loadLayersModel` and `tf.loadGraphModel` read them. */
export function writeTfjs({ kind, artifacts }: FoundModel): Promise<Uint8Array> {
  const { weightData, weightSpecs, modelTopology, ...rest } = artifacts
  const model = {
    ...rest,
    format: kind === 'layers' ? 'layers-model' : 'graph-model',
    generatedBy: rest.generatedBy ?? 'TensorFlow.js tfjs-layers',
    convertedBy: rest.convertedBy ?? null,
    modelTopology,
    weightsManifest: [{ paths: [shard], weights: weightSpecs }],
  }
  return zip([
    { path: 'model.json', data: JSON.stringify(model) },
    { path: shard, data: weightBytes(weightData) },
  ])
}
