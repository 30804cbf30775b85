import type { Matrix, Target, TargetKind } from '../data'
import type { Learner } from '../learner'
import type { JobPart, RowSource, SparkAnswer, SparkJob } from './job'

/** Of a matrix that is in memory, bytes. */
const partBytes = 2 ** 24

/**
 * Has Spark learn, through whoever `ask` reaches: the process of a training has no network, and no word that opens Spark.
 * `source`: the rows, where they are more than those that are at hand.
 */
export function remoteLearner(
  ask: (job: SparkJob, parts: RowSource['parts']) => Promise<SparkAnswer>,
  source?: RowSource,
): Learner {
  return {
    async predictor(algorithm, { matrix, target }, parameters) {
      const { rows, width, parts } = source ?? sourceOf(matrix, target)
      const job = { algorithm, parameters, rows, width, target: kindOf(target) }
      return (await ask(job, parts)).predictor
    },
    async clusters(matrix, parameters) {
      const { rows, width, parts } = source ?? sourceOf(matrix)
      const job = { algorithm: 'kmeans', parameters, rows, width, target: null } as const
      const { predictor, iterations = 0, cost, sizes } = await ask(job, parts)
      if (predictor.kind !== 'clusters') throw new Error('expected clusters')
      const near = nearest(matrix, predictor.centers)
      // Of rows at hand that are a sample, only Spark has seen the others.
      return source && cost !== undefined && sizes
        ? { ...near, cost, sizes, iterations }
        : { ...near, iterations }
    },
  }
}

function sourceOf({ rows, width, values }: Matrix, target?: Target): RowSource {
  const rowsEach = Math.max(1, Math.floor(partBytes / 8 / width))
  return {
    rows,
    width,
    async *parts(): AsyncGenerator<JobPart, void, undefined> {
      for (let from = 0; from < rows; from += rowsEach)
        yield {
          values: values.subarray(from * width, (from + rowsEach) * width),
          target: target ? Float64Array.from(target.values.subarray(from, from + rowsEach)) : null,
        }
    },
  }
}

const kindOf = (target: Target): TargetKind =>
  target.type === 'number' ? { type: 'number' } : { type: 'class', classes: target.classes }

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
