import type { PredictorFormat } from '../../../lib/training/model-format'
import type { Matrix, Target } from '../data'
import { type Loss, minimize } from '../linear/minimize'
import type { Progress } from '../progress'
import type { LinearParameters } from './linear-regression'

/**
 * Minimizes the mean log loss plus `regularization · (elastic_net |w|₁ + (1 − elastic_net) |w|² / 2)`; intercepts are free.
 * Two classes have one row of coefficients, more have one each. The matrix is standardized.
 */
export async function logisticRegression(
  matrix: Matrix,
  { classes, values }: Extract<Target, { type: 'class' }>,
  { regularization, elastic_net, iterations, tolerance }: LinearParameters,
  progress: Progress,
): Promise<PredictorFormat> {
  const { width } = matrix
  const outputs = classes.length === 2 ? 1 : classes.length
  const size = outputs * (width + 1)
  const ridge = regularization * (1 - elastic_net)
  const bound = regularization * elastic_net
  const isWeight = (i: number) => i % (width + 1) < width
  const loss = withRidge(
    outputs === 1 ? binaryLoss(matrix, values) : softmaxLoss(matrix, values, outputs),
    ridge,
    isWeight,
  )
  const { point } = await minimize(
    loss,
    firstPoint(values, outputs, width),
    {
      lasso: bound > 0 ? Float64Array.from({ length: size }, (_, i) => (isWeight(i) ? bound : 0)) : null,
      iterations,
      tolerance,
    },
    (iteration, value) => progress.step(iteration, iterations, `iteration ${iteration}`, { loss: value }),
  )
  const row = (o: number) => point.subarray(o * (width + 1), (o + 1) * (width + 1))
  const each = Array.from({ length: outputs }, (_, o) => row(o))
  return {
    kind: 'linear',
    coefficients: each.map((numbers) => Array.from(numbers.subarray(0, width))),
    intercepts: each.map((numbers) => numbers[width]!),
    link: outputs === 1 ? 'logistic' : 'softmax',
  }
}

/** No weights, and intercepts that say how frequent the classes are. */
function firstPoint(labels: Int32Array, outputs: number, width: number): Float64Array {
  const counts = new Float64Array(Math.max(2, outputs))
  for (const label of labels) counts[label]!++
  const point = new Float64Array(outputs * (width + 1))
  if (outputs === 1) point[width] = Math.log(Math.max(counts[1]!, 0.5) / Math.max(counts[0]!, 0.5))
  else
    for (let o = 0; o < outputs; o++)
      point[o * (width + 1) + width] = Math.log(Math.max(counts[o]!, 0.5) / labels.length)
  return point
}

function withRidge(loss: Loss, ridge: number, isWeight: (i: number) => boolean): Loss {
  if (ridge === 0) return loss
  return (point, gradient) => {
    let value = loss(point, gradient)
    for (let i = 0; i < point.length; i++) {
      if (!isWeight(i)) continue
      value += (ridge / 2) * point[i]! ** 2
      gradient[i]! += ridge * point[i]!
    }
    return value
  }
}

function binaryLoss({ rows, width, values }: Matrix, labels: Int32Array): Loss {
  return (point, gradient) => {
    gradient.fill(0)
    let total = 0
    for (let r = 0, first = 0; r < rows; r++, first += width) {
      let margin = point[width]!
      for (let j = 0; j < width; j++) margin += point[j]! * values[first + j]!
      const label = labels[r]!
      // log(1 + e^m) without overflow.
      const power = Math.exp(-Math.abs(margin))
      total += Math.max(margin, 0) + Math.log1p(power) - label * margin
      const share = margin >= 0 ? 1 / (1 + power) : power / (1 + power)
      const error = share - label
      for (let j = 0; j < width; j++) gradient[j]! += error * values[first + j]!
      gradient[width]! += error
    }
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= rows
    return total / rows
  }
}

function softmaxLoss({ rows, width, values }: Matrix, labels: Int32Array, outputs: number): Loss {
  const margins = new Float64Array(outputs)
  const stride = width + 1
  return (point, gradient) => {
    gradient.fill(0)
    let total = 0
    for (let r = 0, first = 0; r < rows; r++, first += width) {
      let most = -Infinity
      for (let o = 0; o < outputs; o++) {
        let margin = point[o * stride + width]!
        for (let j = 0; j < width; j++) margin += point[o * stride + j]! * values[first + j]!
        margins[o] = margin
        if (margin > most) most = margin
      }
      let sum = 0
      for (let o = 0; o < outputs; o++) sum += Math.exp(margins[o]! - most)
      const label = labels[r]!
      total += Math.log(sum) + most - margins[label]!
      for (let o = 0; o < outputs; o++) {
        const error = Math.exp(margins[o]! - most) / sum - (o === label ? 1 : 0)
        const at = o * stride
        for (let j = 0; j < width; j++) gradient[at + j]! += error * values[first + j]!
        gradient[at + width]! += error
      }
    }
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= rows
    return total / rows
  }
}
