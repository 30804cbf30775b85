import type { PredictorFormat, Tree } from '../../../lib/training/model-format'
import type { Matrix, Target } from '../data'
import type { Progress } from '../progress'
import { below, seededRandom } from '../random'
import { binColumns } from '../trees/bins'
import { type Goal, growTree } from '../trees/grow'

export type ForestParameters = {
  trees: number
  max_depth: number
  min_rows: number
  /** 0: the square root of the columns for classes, a third of them for numbers. */
  column_share: number
  seed: number
}

/** Breiman's forest: each tree of rows drawn with repetition, each question of some of the columns. */
export async function randomForest(
  matrix: Matrix,
  target: Target,
  categories: ReadonlySet<number>,
  { trees, max_depth, min_rows, column_share, seed }: ForestParameters,
  progress: Progress,
): Promise<PredictorFormat> {
  const { rows, width } = matrix
  const bins = binColumns(matrix, categories)
  const random = seededRandom(seed)
  const isClass = target.type === 'class'
  const share = column_share || (isClass ? Math.sqrt(width) / width : 1 / 3)
  const columnsPerNode = Math.max(1, Math.round(share * width))
  const goal = goalOf(target)
  const grown: Tree[] = []
  for (let t = 0; t < trees; t++) {
    const drawn = Int32Array.from({ length: rows }, () => below(random, rows)).sort()
    const tree = growTree(bins, goal, drawn, {
      maxDepth: max_depth,
      minRows: min_rows,
      regularization: 0,
      columnsPerNode,
      random,
    })
    grown.push({ ...(isClass && goal.outputs === 1 ? bothShares(tree) : tree), weight: 1 / trees })
    await progress.step(t + 1, trees, `tree ${t + 1}`)
  }
  const outputs = isClass ? target.classes.length : 1
  return {
    kind: 'trees',
    trees: grown,
    base: new Array<number>(outputs).fill(0),
    link: isClass ? 'shares' : 'identity',
    slope: 1,
  }
}

/** Two classes are told apart by the share of the second. */
function goalOf(target: Target): Goal {
  if (target.type === 'number') return { outputs: 1, sums: target.values, weights: null }
  if (target.classes.length === 2)
    return { outputs: 1, sums: Float64Array.from(target.values), weights: null }
  return { outputs: target.classes.length, labels: target.values, weights: null }
}

const bothShares = <T extends Pick<Tree, 'values'>>(tree: T): T => ({
  ...tree,
  values: tree.values.flatMap((second) => [1 - second, second]),
})
