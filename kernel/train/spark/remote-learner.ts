import type { Learner } from '../learner'
import type { SparkAnswer, SparkJob } from './job'

/** Has Spark learn, through whoever `ask` reaches: the process of a training has no network, and no word that opens Spark. */
export function remoteLearner(ask: (job: SparkJob) => Promise<SparkAnswer>): Learner {
  return {
    async predictor(algorithm, { matrix, target }, parameters) {
      const { rows, width, values } = matrix
      return (await ask({ algorithm, parameters, rows, width, values, target })).predictor
    },
    async clusters(matrix, parameters) {
      const { rows, width, values } = matrix
      const job = { algorithm: 'kmeans', parameters, rows, width, values, target: null } as const
      const { predictor, iterations = 0 } = await ask(job)
      if (predictor.kind !== 'clusters') throw new Error('expected clusters')
      return { ...nearest(matrix, predictor.centers), iterations }
    },
  }
}

/** Of each row its nearest centre, and what that costs in all. */
function nearest(
  { rows, width, values }: { rows: number; width: number; values: Float64Array },
  found: number[][],
) {
  const centers = Float64Array.from(found.flat())
  const labels = new Int32Array(rows)
  const sizes = found.map(() => 0)
  let cost = 0
  for (let row = 0; row < rows; row++) {
    let least = Infinity
    for (let c = 0; c < found.length; c++) {
      let square = 0
      for (let j = 0; j < width; j++) square += (values[row * width + j]! - centers[c * width + j]!) ** 2
      if (square < least) {
        least = square
        labels[row] = c
      }
    }
    sizes[labels[row]!]!++
    cost += least
  }
  return { centers, labels, sizes, cost }
}
