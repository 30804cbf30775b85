import type { PredictorFormat } from '../../../../lib/training/model-format'
import { linked, type Outputs } from './link'
import { compileNetwork } from './network'
import { compileTrees } from './trees'

export function compileOutputs(predictor: PredictorFormat): Outputs {
  switch (predictor.kind) {
    case 'clusters':
      return clusterDistances(predictor)
    case 'linear': {
      const { coefficients, intercepts, link } = predictor
      const weights = coefficients.map((each) => Float64Array.from(each))
      return (row) =>
        linked(
          Float64Array.from(weights, (each, o) => dot(each, row) + intercepts[o]!),
          link,
        )
    }
    case 'trees':
      return compileTrees(predictor)
    case 'network':
      return compileNetwork(predictor)
  }
}

function clusterDistances({ centers, distance }: Extract<PredictorFormat, { kind: 'clusters' }>): Outputs {
  const points = centers.map((center) => Float64Array.from(center))
  if (distance === 'cosine')
    return (row) => {
      const length = Math.sqrt(dot(row, row))
      return Float64Array.from(points, (point) => 1 - dot(point, row) / length / Math.sqrt(dot(point, point)))
    }
  return (row) =>
    Float64Array.from(points, (point) => {
      let sum = 0
      for (let i = 0; i < point.length; i++) sum += (row[i]! - point[i]!) ** 2
      return Math.sqrt(sum)
    })
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
