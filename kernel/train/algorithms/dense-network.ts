import { sizesOf } from '../../../lib/training/algorithms'
import type { PredictorFormat } from '../../../lib/training/model-format'
import { loadTensorflow } from '../../serve/model/tensorflow'
import type { Matrix, Target } from '../data'
import type { Progress } from '../progress'
import { seededRandom, shuffle } from '../random'

export type NetworkParameters = {
  layers: string
  activation: 'relu' | 'tanh' | 'sigmoid' | 'elu'
  epochs: number
  batch: number
  learning_rate: number
  dropout: number
  seed: number
}

type Tensor = { dispose(): void; dataSync(): Float32Array; data(): Promise<Float32Array> }
type Layer = { getWeights(): Tensor[] }
type Model = {
  layers: Layer[]
  compile(options: object): void
  trainOnBatch(x: Tensor, y: Tensor): Promise<number>
  dispose(): void
}
/** tfjs, as far as this needs it: its own types would load with the whole of it. */
type Layers = {
  tensor2d(values: Float32Array, shape: [number, number]): Tensor
  sequential(): Model & { add(layer: object): void }
  layers: { dense(options: object): object; dropout(options: object): object }
  initializers: {
    glorotUniform(options: { seed: number }): object
    heUniform(options: { seed: number }): object
  }
  train: { adam(rate: number): object }
}

/** A network of dense layers, trained by TensorFlow with Adam; the order of rows and the first weights come of the seed. */
export async function denseNetwork(
  matrix: Matrix,
  target: Target,
  parameters: NetworkParameters,
  progress: Progress,
): Promise<PredictorFormat> {
  const tf = (await loadTensorflow()) as unknown as Layers
  const { outputs, answers, link, loss, spread, middle } = answersOf(target)
  const hidden = sizesOf(parameters.layers)
  const model = buildModel(tf, matrix.width, hidden, outputs, link, parameters)
  model.compile({ optimizer: tf.train.adam(parameters.learning_rate), loss })
  const random = seededRandom(parameters.seed)
  const order = Int32Array.from({ length: matrix.rows }, (_, i) => i)
  for (let epoch = 1; epoch <= parameters.epochs; epoch++) {
    shuffle(order, random)
    let total = 0
    for (let first = 0; first < order.length; first += parameters.batch) {
      const rows = order.subarray(first, first + parameters.batch)
      const x = tf.tensor2d(gather(matrix.values, matrix.width, rows), [rows.length, matrix.width])
      const y = tf.tensor2d(gather(answers, outputs, rows), [rows.length, outputs])
      total += (await model.trainOnBatch(x, y)) * rows.length
      x.dispose()
      y.dispose()
      const done = (epoch - 1 + (first + rows.length) / order.length) / parameters.epochs
      if (first + rows.length < order.length)
        await progress.step(done * parameters.epochs, parameters.epochs, `epoch ${epoch}`)
    }
    await progress.step(epoch, parameters.epochs, `epoch ${epoch}`, { loss: total / order.length })
  }
  const dense = model.layers.map((layer) => layer.getWeights()).filter((weights) => weights.length === 2)
  const layers = await Promise.all(
    dense.map(async ([kernel, bias], i) => {
      const isLast = i === dense.length - 1
      // The last layer speaks in the target's own units.
      const stretch = isLast ? spread : 1
      const weights = Float32Array.from([
        ...(await kernel!.data()).map((value) => value * stretch),
        ...(await bias!.data()).map((value) => value * stretch + (isLast ? middle : 0)),
      ])
      return {
        units: isLast ? outputs : hidden[i]!,
        activation: isLast ? ('linear' as const) : parameters.activation,
        weights: Buffer.from(weights.buffer).toString('base64'),
      }
    }),
  )
  model.dispose()
  return { kind: 'network', layers, link }
}

function buildModel(
  tf: Layers,
  width: number,
  hidden: number[],
  outputs: number,
  link: 'identity' | 'logistic' | 'softmax',
  { activation, dropout, seed }: NetworkParameters,
): Model {
  const model = tf.sequential()
  for (const [i, units] of hidden.entries()) {
    const first =
      activation === 'relu' || activation === 'elu'
        ? tf.initializers.heUniform
        : tf.initializers.glorotUniform
    const kernelInitializer = first({ seed: seed + i })
    model.add(
      tf.layers.dense({ units, activation, kernelInitializer, ...(i === 0 && { inputShape: [width] }) }),
    )
    if (dropout > 0) model.add(tf.layers.dropout({ rate: dropout, seed: seed + 100 + i }))
  }
  const last = { identity: 'linear', logistic: 'sigmoid', softmax: 'softmax' }[link]
  const kernelInitializer = tf.initializers.glorotUniform({ seed: seed + hidden.length })
  model.add(tf.layers.dense({ units: outputs, activation: last, kernelInitializer }))
  return model
}

/** What the network is to say for each row. Numbers are scaled: a network learns them near 0. */
function answersOf(target: Target) {
  const rows = target.values.length
  if (target.type === 'number') {
    let middle = 0
    for (const value of target.values) middle += value / rows
    let squares = 0
    for (const value of target.values) squares += (value - middle) ** 2 / rows
    const spread = Math.sqrt(squares) || 1
    const answers = Float32Array.from(target.values, (value) => (value - middle) / spread)
    return { outputs: 1, answers, link: 'identity' as const, loss: 'meanSquaredError', spread, middle }
  }
  const plain = { spread: 1, middle: 0 }
  if (target.classes.length === 2)
    return {
      outputs: 1,
      answers: Float32Array.from(target.values),
      link: 'logistic' as const,
      loss: 'binaryCrossentropy',
      ...plain,
    }
  const outputs = target.classes.length
  const answers = new Float32Array(rows * outputs)
  for (let i = 0; i < rows; i++) answers[i * outputs + target.values[i]!] = 1
  return { outputs, answers, link: 'softmax' as const, loss: 'categoricalCrossentropy', ...plain }
}

function gather(values: ArrayLike<number>, width: number, rows: Int32Array): Float32Array {
  const gathered = new Float32Array(rows.length * width)
  for (let i = 0, at = 0; i < rows.length; i++)
    for (let j = 0, from = rows[i]! * width; j < width; j++) gathered[at++] = values[from + j]!
  return gathered
}
