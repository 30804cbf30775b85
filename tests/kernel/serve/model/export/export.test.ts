import { buffer } from 'node:stream/consumers'
import { beforeAll, expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { exportModel } from '../../../../../kernel/serve/model/export/export-model'
import { loadTfjs } from '../../../../../kernel/serve/model/imported/tfjs'
import type { ModelFile } from '../../../../../lib/protocol/imported-model'
import { type Example, exampleModels, inputsOf, tensorflow } from './models'
import { artifactsOf, bundleOf } from './support'

let examples: Example[]
beforeAll(async () => {
  examples = await exampleModels()
})

async function unzip(data: Uint8Array): Promise<ModelFile[]> {
  const archive = await fromBufferPromise(Buffer.from(data))
  const files: ModelFile[] = []
  for await (const entry of archive.eachEntry())
    files.push({ path: entry.fileName, data: await buffer(await archive.openReadStreamPromise(entry)) })
  return files
}

test('a model as TensorFlow.js files is loaded by TensorFlow.js and answers the same', async () => {
  for (const { name, model } of examples) {
    const { data, note } = await exportModel(bundleOf([await artifactsOf(model)]), 'tfjs')
    const files = await unzip(data)
    expect([note, files.map(({ path }) => path)]).toEqual([null, ['model.json', 'group1-shard1of1.bin']])
    const runner = await loadTfjs('tfjs-layers', files)
    const inputs = await inputsOf(model)
    const feeds = inputs.map((tensor, i) => [
      runner.inputs[i]!.name,
      { type: 'float32' as const, shape: tensor.shape, data: tensor.dataSync() as Float32Array },
    ])
    const answers = await runner.run(new Map(feeds as never))
    const expected = model.predict(inputs.length === 1 ? inputs[0]! : inputs)
    const [answer] = answers.values()
    expect([name, Array.from(answer!.data as Float32Array)]).toEqual([
      name,
      Array.from((expected as { dataSync(): Float32Array }).dataSync()),
    ])
  }
})

test('a .keras file is a zip of metadata, configuration and weights', async () => {
  const { data } = await exportModel(bundleOf([await artifactsOf(examples[0]!.model)]), 'keras')
  const files = await unzip(data)
  expect(files.map(({ path }) => path)).toEqual(['metadata.json', 'config.json', 'model.weights.h5'])
  const config = JSON.parse(Buffer.from(files[1]!.data).toString()) as {
    class_name: string
    config: { layers: { class_name: string }[] }
  }
  expect([config.class_name, config.config.layers.map((layer) => layer.class_name)]).toEqual([
    'Sequential',
    [
      'InputLayer',
      'Dense',
      'BatchNormalization',
      'Dropout',
      'Dense',
      'BatchNormalization',
      'LeakyReLU',
      'LayerNormalization',
      'PReLU',
      'Dense',
    ],
  ])
})

test('the model inside of a promoted function is exported with a word about the rest', async () => {
  const artifacts = await artifactsOf(examples[0]!.model)
  const { note } = await exportModel(bundleOf([artifacts], { within: true }), 'keras')
  expect(note).toBe(
    'the model alone: what the promoted function does before and after it is in the bundle only',
  )
  await expect(exportModel(bundleOf([artifacts, artifacts], { within: true }), 'keras')).rejects.toThrow(
    'what was promoted holds 2 models: promote the one that is wanted by itself',
  )
  await expect(exportModel(bundleOf([], { within: true }), 'tfjs')).rejects.toThrow(
    'what was promoted holds no TensorFlow.js model: it is code, which only the bundle can carry',
  )
})

test('what Keras computes otherwise or does not have is refused by its name', async () => {
  const tf = await tensorflow()
  const lstm = tf.sequential({ layers: [tf.layers.lstm({ units: 2, inputShape: [3, 2], name: 'memory' })] })
  await expect(exportModel(bundleOf([await artifactsOf(lstm)]), 'keras')).rejects.toThrow(
    'Keras 3 computes hard_sigmoid otherwise than TensorFlow.js: choose another recurrent_activation, such as sigmoid: memory',
  )
  const threshold = tf.sequential({ layers: [tf.layers.thresholdedReLU({ inputShape: [2] })] })
  await expect(exportModel(bundleOf([await artifactsOf(threshold)]), 'keras')).rejects.toThrow(
    'Keras 3 has no layer of this kind: ThresholdedReLU',
  )
  const own = bundleOf([await artifactsOf(examples[0]!.model)], { classes: ['Mine'] })
  await expect(exportModel(own, 'keras')).rejects.toThrow(
    'its layers are classes of the notebook, which Keras does not have: Mine',
  )
})
