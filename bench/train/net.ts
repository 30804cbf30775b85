/**
 * A small convolutional net on 4,096 pictures of noise, as a person writes it in a cell: `x`, `y`, `createModel()`. The
 * same text runs in a notebook and in a plain Node with tfjs-node as shipped.
 */
export const net = `
let state = 1
const next = () => { state = (state * 1664525 + 1013904223) >>> 0; return state / 2 ** 32 }
const pictures = Float32Array.from({ length: 4096 * 784 }, next)
const x = tf.tensor4d(pictures, [4096, 28, 28, 1])
const y = tf.oneHot(Array.from({ length: 4096 }, () => Math.floor(next() * 10)), 10)
const glorot = (seed) => tf.initializers.glorotUniform({ seed })
function createModel() {
  const model = tf.sequential({ layers: [
    tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 16, kernelSize: 3, activation: 'relu', kernelInitializer: glorot(1) }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 64, activation: 'relu', kernelInitializer: glorot(2) }),
    tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: glorot(3) }),
  ] })
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  return model
}
const model = createModel()
`

/** Three epochs: milliseconds. */
export const epochs = `
const began = performance.now()
await model.fit(x, y, { epochs: 3, batchSize: 128, verbose: 0 })
const took = performance.now() - began
`

/** The loss of each of the first fifty steps of a new model, with a space between them. */
export const losses = `
const fresh = createModel()
const steps = []
for (let step = 0; step < 50; step++) {
  const from = (step % 32) * 128
  const [loss] = await fresh.trainOnBatch(x.slice([from, 0, 0, 0], [128, 28, 28, 1]), y.slice([from, 0], [128, 10]))
  steps.push(loss.toFixed(7))
}
const text = steps.join(' ')
`

/** The same net in Keras, which makes one graph of a step. It trains for three epochs at each line and answers the seconds. */
export const keras = `
import sys, time, numpy as np, keras
from keras import layers
x = np.random.rand(4096, 28, 28, 1).astype('float32')
y = keras.utils.to_categorical(np.random.randint(0, 10, 4096), 10)
model = keras.Sequential([layers.Input((28, 28, 1)), layers.Conv2D(16, 3, activation='relu'), layers.MaxPooling2D(2),
  layers.Flatten(), layers.Dense(64, activation='relu'), layers.Dense(10, activation='softmax')])
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(x, y, epochs=1, batch_size=128, verbose=0)
for line in sys.stdin:
    began = time.perf_counter()
    model.fit(x, y, epochs=3, batch_size=128, verbose=0)
    print((time.perf_counter() - began) * 1000, flush=True)
`
