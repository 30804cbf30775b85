import type * as Tf from '@tensorflow/tfjs-node'

export type Net = { model: Tf.LayersModel; x: Tf.Tensor; y: Tf.Tensor; classWeight?: Record<string, number> }

/** Numbers from 0 to 1 that are the same each time. */
function numbers(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
const many = (count: number, next: () => number) => Float32Array.from({ length: count }, next)
const glorot = (tf: typeof Tf, seed: number) => tf.initializers.glorotUniform({ seed })

/** One of each kind of net: what it is trained on can be learnt. */
export const nets: Record<string, (tf: typeof Tf) => Net> = {
  'a convolutional net by Adam'(tf) {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          inputShape: [12, 12, 1],
          filters: 8,
          kernelSize: 3,
          activation: 'relu',
          kernelInitializer: glorot(tf, 1),
        }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 16, activation: 'relu', kernelInitializer: glorot(tf, 2) }),
        tf.layers.dense({ units: 4, activation: 'softmax', kernelInitializer: glorot(tf, 3) }),
      ],
    })
    model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' })
    const x = tf.tensor4d(many(32 * 144, numbers(1)), [32, 12, 12, 1])
    const y = tf.oneHot(
      Array.from({ length: 32 }, (_, i) => i % 4),
      4,
    )
    return { model, x, y }
  },
  'a convolutional net with padding, strides, another activation and weighted classes by SGD'(tf) {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          inputShape: [9, 10, 2],
          filters: 6,
          kernelSize: 3,
          padding: 'same',
          activation: 'relu',
          useBias: false,
          kernelInitializer: glorot(tf, 12),
        }),
        tf.layers.conv2d({
          filters: 5,
          kernelSize: [3, 2],
          strides: 2,
          activation: 'elu',
          kernelInitializer: glorot(tf, 13),
          kernelRegularizer: 'l1l2',
        }),
        tf.layers.maxPooling2d({ poolSize: 2, padding: 'same' }),
        tf.layers.dense({ units: 7, activation: 'relu', kernelInitializer: glorot(tf, 14) }),
        tf.layers.globalAveragePooling2d({}),
        tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: glorot(tf, 15) }),
      ],
    })
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
    const x = tf.tensor4d(many(32 * 180, numbers(4)), [32, 9, 10, 2])
    const y = tf.oneHot(
      Array.from({ length: 32 }, (_, i) => i % 3),
      3,
    )
    return { model, x, y, classWeight: { 0: 1, 1: 3, 2: 0.5 } }
  },
  'a dense net with batch normalisation and dropout by momentum'(tf) {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({
          inputShape: [10],
          units: 24,
          activation: 'tanh',
          kernelInitializer: glorot(tf, 4),
        }),
        tf.layers.batchNormalization(),
        tf.layers.dropout({ rate: 0.2, seed: 5 }),
        tf.layers.dense({ units: 12, activation: 'sigmoid', kernelInitializer: glorot(tf, 6) }),
        tf.layers.dense({ units: 1, kernelInitializer: glorot(tf, 7) }),
      ],
    })
    model.compile({ optimizer: tf.train.momentum(0.02, 0.9), loss: 'meanSquaredError' })
    const values = many(64 * 10, numbers(2))
    const y = Float32Array.from({ length: 64 }, (_, i) => values[i * 10]! - values[i * 10 + 1]!)
    return { model, x: tf.tensor2d(values, [64, 10]), y: tf.tensor2d(y, [64, 1]) }
  },
  'an embedding with an LSTM by RMSProp'(tf) {
    const model = tf.sequential({
      layers: [
        tf.layers.embedding({
          inputDim: 20,
          outputDim: 8,
          inputLength: 6,
          embeddingsInitializer: tf.initializers.randomUniform({ minval: -0.05, maxval: 0.05, seed: 8 }),
        }),
        tf.layers.lstm({
          units: 8,
          kernelInitializer: glorot(tf, 9),
          recurrentInitializer: glorot(tf, 10),
        }),
        tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: glorot(tf, 11) }),
      ],
    })
    model.compile({ optimizer: tf.train.rmsprop(0.01), loss: 'binaryCrossentropy' })
    const words = many(32 * 6, numbers(3)).map((value) => Math.floor(value * 20))
    const y = Float32Array.from({ length: 32 }, (_, i) => Number(words[i * 6]! >= 10))
    return { model, x: tf.tensor2d(words, [32, 6]), y: tf.tensor2d(y, [32, 1]) }
  },
}

/** The loss of each of fifty steps. */
export async function trainNet(tf: typeof Tf, { model, x, y, classWeight }: Net) {
  const losses: number[] = []
  for (let step = 0; step < 50; step++) {
    if (classWeight) {
      const { history } = await model.fit(x, y, { classWeight, batchSize: 32, shuffle: false, verbose: 0 })
      losses.push(history.loss![0] as number)
    } else losses.push((await model.trainOnBatch(x, y)) as number)
  }
  model.dispose()
  tf.dispose([x, y])
  return losses
}
