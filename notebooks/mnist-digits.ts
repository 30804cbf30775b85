// %% [markdown]
// # MNIST digits
//
// 10,000 handwritten digits of 28×28 grey values. A small convolutional network learns to read them.

// %%
import * as Plot from '@observablehq/plot'
import * as tf from '@tensorflow/tfjs-node'
import { dataset, display, promote } from 'cellar'

const images = await dataset('mnist-t10k-images-idx3-ubyte.gz')
const labels = await dataset('mnist-t10k-labels-idx1-ubyte.gz')
console.log(`images ${images.shape.join('×')}, labels ${labels.shape.join('×')}`)

// %% [markdown]
// ## What they look like

// %%
const size = 28
const pixels = size * size

/** A row of digits as one PNG, each with its caption's colour as a frame below it. */
async function strip(indices: number[], perRow = 20) {
  const rows = Math.ceil(indices.length / perRow)
  const canvas = tf.tidy(() => {
    const blank = tf.zeros([size, size])
    const tiles = Array.from({ length: rows * perRow }, (_, i) => {
      const at = indices[i]
      if (at === undefined) return blank
      return tf.tensor2d(images.data.subarray(at * pixels, (at + 1) * pixels), [size, size], 'int32').toFloat()
    })
    const lines = Array.from({ length: rows }, (_, r) => tf.concat(tiles.slice(r * perRow, (r + 1) * perRow) as tf.Tensor2D[], 1))
    return tf.concat(lines as tf.Tensor2D[], 0).expandDims(2).toInt() as tf.Tensor3D
  })
  const png = await tf.node.encodePng(canvas)
  canvas.dispose()
  return png
}

display(await strip(Array.from({ length: 100 }, (_, i) => i)))

Plot.plot({
  width: 560,
  height: 200,
  x: { label: 'digit', type: 'band' },
  y: { label: 'images', grid: true },
  marks: [Plot.barY(Array.from(labels.data), Plot.groupX({ y: 'count' }, { x: (d: number) => d, fill: '#8c3b5a' })), Plot.ruleY([0])],
})

// %% [markdown]
// ## Train on four fifths
//
// The images stand in no particular order, but the first half was written by tidier hands than the second;
// every fifth one is held out, so that both parts have both.

// %%
const count = images.shape[0]
const heldOut = Array.from({ length: count }, (_, i) => i).filter((i) => i % 5 === 0)
const training = Array.from({ length: count }, (_, i) => i).filter((i) => i % 5 !== 0)

function tensors(indices: number[]) {
  const values = new Float32Array(indices.length * pixels)
  indices.forEach((at, i) => {
    for (let p = 0; p < pixels; p++) values[i * pixels + p] = images.data[at * pixels + p] / 255
  })
  const digits = indices.map((at) => labels.data[at])
  return { xs: tf.tensor4d(values, [indices.length, size, size, 1]), ys: tf.oneHot(tf.tensor1d(digits, 'int32'), 10) }
}

const train = tensors(training)
const initializer = (seed: number) => tf.initializers.glorotUniform({ seed })
const model = tf.sequential({
  name: 'digits',
  layers: [
    tf.layers.conv2d({ inputShape: [size, size, 1], filters: 16, kernelSize: 3, activation: 'relu', kernelInitializer: initializer(1) }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu', kernelInitializer: initializer(2) }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 64, activation: 'relu', kernelInitializer: initializer(3) }),
    tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: initializer(4) }),
  ],
})
model.compile({ optimizer: tf.train.adam(0.002), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
await model.fit(train.xs, train.ys, { epochs: 5, batchSize: 64, shuffle: false })
model

// %% [markdown]
// ## What it got wrong

// %%
/** Takes 28×28 arrays of grey values from 0 (background) to 255, returns the digit and how sure the network is. */
function readDigit(records: number[][][]) {
  const scores = tf.tidy(() => (model.predict(tf.tensor3d(records).div(255).expandDims(3)) as tf.Tensor2D).arraySync())
  return scores.map((row) => {
    const probability = Math.max(...row)
    return { digit: row.indexOf(probability), probability }
  })
}

const toRecord = (at: number) =>
  Array.from({ length: size }, (_, y) => Array.from(images.data.subarray(at * pixels + y * size, at * pixels + (y + 1) * size)))

const read = readDigit(heldOut.map(toRecord))
const wrong = heldOut.filter((at, i) => read[i].digit !== labels.data[at])
const accuracy = 1 - wrong.length / heldOut.length
console.log(`accuracy on ${heldOut.length} held-out digits: ${(100 * accuracy).toFixed(2)} %`)
display(await strip(wrong))

wrong.map((at) => ({ image: at, is: labels.data[at], read: read[heldOut.indexOf(at)].digit }))

// %% [markdown]
// ## Promote

// %%
await promote('digit', readDigit, { data: heldOut.slice(0, 500).map(toRecord) })
