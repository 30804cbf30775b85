import type { PredictorFormat, Tree } from '../../../lib/training/model-format'
import type { DataFrame } from '../../sdk/spark'
import type { Model } from '../../sdk/spark/ml/step'
import type { TargetKind } from '../data'
import type { SparkStep } from './steps'

/** A node as Spark saves it. */
type Node = {
  treeID: number
  id: number
  prediction: number
  stats: ArrayLike<number>
  leftChild: number
  rightChild: number
  feature: number
  threshold: number | null
}

export type ModelReader = {
  model: Model
  target: TargetKind | null
  /** Has Spark save the model, and answers its nodes as a table. */
  saveNodes(model: Model): Promise<DataFrame>
}

/** Spark's model in our own format: it answers as Spark's `transform` does, without Spark. */
export async function readModel(reads: SparkStep['reads'], reader: ModelReader): Promise<PredictorFormat> {
  const { model, target } = reader
  switch (reads) {
    case 'clusters':
      return { kind: 'clusters', centers: await model.get('clusterCenterMatrix'), distance: 'euclidean' }
    case 'linear': {
      const [coefficients, intercept] = [
        await model.get<number[]>('coefficients'),
        await model.get<number>('intercept'),
      ]
      return { kind: 'linear', coefficients: [coefficients], intercepts: [intercept], link: 'identity' }
    }
    case 'logistic': {
      const coefficients = await model.get<number[][]>('coefficientMatrix')
      const intercepts = await model.get<number[]>('interceptVector')
      return {
        kind: 'linear',
        coefficients,
        intercepts,
        link: coefficients.length === 1 ? 'logistic' : 'softmax',
      }
    }
    case 'forest': {
      const grown = await readTrees(reader)
      if (target?.type === 'class') {
        const classes = target.classes.length
        // Each tree gives its classes' shares of the leaf's rows.
        const trees = grown.map((nodes) => treeOf(nodes, 1, ({ stats }) => sharesOf(stats, classes)))
        return { kind: 'trees', trees, base: new Array<number>(classes).fill(0), link: 'shares', slope: 1 }
      }
      const trees = grown.map((nodes) => treeOf(nodes, 1 / grown.length, ({ prediction }) => [prediction]))
      return { kind: 'trees', trees, base: [0], link: 'identity', slope: 1 }
    }
    case 'boosted': {
      const [grown, weights] = [await readTrees(reader), await model.get<number[]>('treeWeights')]
      const trees = grown.map((nodes, i) => treeOf(nodes, weights[i]!, ({ prediction }) => [prediction]))
      // Spark's loss is of margins that are doubled.
      const isClass = target?.type === 'class'
      return {
        kind: 'trees',
        trees,
        base: [0],
        link: isClass ? 'logistic' : 'identity',
        slope: isClass ? 2 : 1,
      }
    }
  }
}

async function readTrees({ model, saveNodes }: ModelReader): Promise<Node[][]> {
  const table = await saveNodes(model)
  const nodes = await table
    .selectExpr(
      'treeID',
      'nodeData.id AS id',
      'nodeData.prediction AS prediction',
      'nodeData.impurityStats AS stats',
      'nodeData.leftChild AS leftChild',
      'nodeData.rightChild AS rightChild',
      'nodeData.split.featureIndex AS feature',
      'try_element_at(nodeData.split.leftCategoriesOrThreshold, 1) AS threshold',
    )
    .orderBy('treeID', 'id')
    .collect()
  const trees: Node[][] = []
  for (const node of nodes as Node[]) {
    trees[node.treeID] ??= []
    trees[node.treeID]!.push(node)
  }
  return trees
}

function treeOf(nodes: Node[], weight: number, valuesOf: (node: Node) => number[]): Tree {
  const places = new Map(nodes.map(({ id }, i) => [id, i]))
  const isLeaf = ({ leftChild }: Node) => leftChild < 0
  return {
    feature: nodes.map((node) => (isLeaf(node) ? -1 : node.feature)),
    threshold: nodes.map((node) => (isLeaf(node) ? 0 : (node.threshold ?? 0))),
    left: nodes.map((node) => (isLeaf(node) ? -1 : places.get(node.leftChild)!)),
    right: nodes.map((node) => (isLeaf(node) ? -1 : places.get(node.rightChild)!)),
    values: nodes.flatMap(valuesOf),
    weight,
  }
}

function sharesOf(stats: ArrayLike<number>, classes: number): number[] {
  const counts = Array.from({ length: classes }, (_, i) => stats[i] ?? 0)
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => (total > 0 ? count / total : 0))
}
