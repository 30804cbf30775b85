import { col } from '../column'
import type { DataFrame } from '../data-frame'
import { functions } from '../functions'
import type { Params, ParamValue } from './params'
import type { Estimator, Evaluator, Transformer } from './step'

/** Values to try for each setting; all their combinations. */
export type Grid = { readonly [name: string]: readonly ParamValue[] }

export type CrossValidated<Fitted extends Transformer> = {
  /** Learned from all rows with the best settings. */
  bestModel: Fitted
  bestParams: Params
  /** For each combination the mean of its folds. */
  results: { params: Params; metric: number }[]
}

export type CrossValidatorOptions<Fitted extends Transformer> = {
  estimator: Estimator<Fitted>
  evaluator: Evaluator
  grid: Grid
  numFolds?: number
  seed?: number
}

/** Tries settings: each is learned from all folds but one, and judged by that one. */
export const crossValidator = <Fitted extends Transformer>({
  estimator,
  evaluator,
  grid,
  numFolds = 3,
  seed = 42,
}: CrossValidatorOptions<Fitted>) => ({
  async fit(table: DataFrame<never> | DataFrame): Promise<CrossValidated<Fitted>> {
    if (!Number.isInteger(numFolds) || numFolds < 2)
      throw new RangeError(`numFolds is a whole number from 2: ${numFolds}`)
    const settings = combinations(grid)
    const fold = '__fold'
    const all = table as DataFrame
    // Kept, or the folds would be drawn again by each fit.
    const drawn = await all.withColumn(fold, functions.rand(seed)).persist()
    const sums = settings.map(() => 0)
    try {
      for (let i = 0; i < numFolds; i++) {
        const isHeldBack = col(fold)
          .ge(i / numFolds)
          .and(col(fold).lt((i + 1) / numFolds))
        const heldBack = drawn.filter(isHeldBack).drop(fold)
        const rest = drawn.filter(isHeldBack.not()).drop(fold)
        for (const [s, params] of settings.entries()) {
          const model = await estimator.with(params).fit(rest)
          sums[s]! += (await evaluator.evaluate(model.transform(heldBack))) / numFolds
        }
      }
    } finally {
      await drawn.unpersist()
    }
    const results = settings.map((params, s) => ({ params, metric: sums[s]! }))
    const best = results.reduce((a, b) =>
      b.metric > a.metric === evaluator.isLargerBetter && b.metric !== a.metric ? b : a,
    )
    return { bestModel: await estimator.with(best.params).fit(all), bestParams: best.params, results }
  },
})

function combinations(grid: Grid): Params[] {
  return Object.entries(grid).reduce<Params[]>(
    (sofar, [name, values]) => {
      if (values.length === 0) throw new Error(`no value to try: ${name}`)
      return sofar.flatMap((params) => values.map((value) => ({ ...params, [name]: value })))
    },
    [{}],
  )
}
