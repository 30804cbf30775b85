import type * as Tf from '@tensorflow/tfjs'
import { loadTensorflow } from '../../../../../kernel/serve/model/tensorflow'

export const tensorflow = async () => (await loadTensorflow()) as unknown as typeof Tf

export type Example = { name: string; model: Tf.LayersModel }

/** Models of most kinds of layers, by name, with weights that no initializer gives. */
export async function exampleModels(): Promise<Example[]> {
  const tf = await tensorflow()
  const { layers: L } = tf
  const sequential = (...layers: Tf.layers.Layer[]) => tf.sequential({ layers })
  const examples: Example[] = [
    {
      name: 'dense',
      model: sequential(
        L.dense({ units: 3, inputShape: [4], activation: 'relu' }),
        L.batchNormalization(),
        L.dropout({ rate: 0.2 }),
        L.dense({ units: 3, useBias: false, kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }) }),
        L.batchNormalization({ scale: false }),
        L.leakyReLU({ alpha: 0.1 }),
        L.layerNormalization(),
        L.prelu(),
        L.dense({ units: 3, activation: 'softmax' }),
      ),
    },
    {
      name: 'images',
      model: sequential(
        L.conv2d({ filters: 3, kernelSize: 3, inputShape: [8, 8, 1], activation: 'relu' }),
        L.maxPooling2d({ poolSize: 2 }),
        L.separableConv2d({ filters: 2, kernelSize: 2 }),
        L.depthwiseConv2d({ kernelSize: 1 }),
        L.conv2dTranspose({ filters: 2, kernelSize: 2, strides: 2 }),
        L.upSampling2d({ size: [2, 2] }),
        L.zeroPadding2d({ padding: 1 }),
        L.flatten(),
        L.dense({ units: 2 }),
      ),
    },
    {
      name: 'sequences',
      model: sequential(
        L.conv1d({ filters: 3, kernelSize: 3, inputShape: [8, 2], activation: 'tanh' }),
        L.averagePooling1d({ poolSize: 2 }),
        L.lstm({ units: 3, recurrentActivation: 'sigmoid' }),
        L.dense({ units: 2 }),
      ),
    },
    { name: 'branches', model: branches(tf) },
  ]
  for (const { model } of examples)
    model.setWeights(
      model.getWeights().map((weight, i) => tf.randomUniform(weight.shape, 0.05, 0.5, 'float32', i + 1)),
    )
  return examples
}

function branches(tf: typeof Tf) {
  const { layers: L } = tf
  const steps = tf.input({ shape: [5, 2] })
  const features = tf.input({ shape: [3] })
  const long = L.lstm({ units: 3, recurrentActivation: 'sigmoid', returnSequences: true }).apply(steps)
  const each = L.timeDistributed({ layer: L.dense({ units: 2 }) }).apply(long)
  const mean = L.globalAveragePooling1d().apply(each)
  const gru = L.gru({ units: 2, recurrentActivation: 'sigmoid' }) as Tf.RNN
  const both = L.bidirectional({ layer: gru, mergeMode: 'concat' }).apply(steps)
  const inner = tf.sequential({ layers: [L.dense({ units: 2, inputShape: [3] }), L.dense({ units: 2 })] })
  const dense = L.dense({ units: 2 }).apply(inner.apply(features))
  const all = L.concatenate().apply([mean, both, dense] as Tf.SymbolicTensor[])
  const twice = L.add().apply([all, all] as Tf.SymbolicTensor[])
  return tf.model({ inputs: [steps, features], outputs: twice as Tf.SymbolicTensor })
}

/** Three records for each input of a model, the same every time. */
export async function inputsOf(model: Tf.LayersModel): Promise<Tf.Tensor[]> {
  const tf = await tensorflow()
  return model.inputs.map(({ shape }, i) =>
    tf.randomUniform([3, ...(shape.slice(1) as number[])], -1, 1, 'float32', i + 1),
  )
}
