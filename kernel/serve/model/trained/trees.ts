import type { PredictorFormat, Tree } from '../../../../lib/training/model-format'
import { linked, type Outputs } from './link'

type Trees = Extract<PredictorFormat, { kind: 'trees' }>

type Compiled = {
  feature: Int32Array
  threshold: Float64Array
  left: Int32Array
  right: Int32Array
  values: Float64Array
  categories: Map<number, Set<number>>
  output: number | undefined
  weight: number
}

/** Trees that say something together. */
export function compileTrees({ trees, base, link, slope }: Trees): Outputs {
  const compiled = trees.map(compileTree)
  return (row) => {
    const raw = Float64Array.from(base)
    for (const tree of compiled) {
      const leaf = leafOf(tree, row)
      if (tree.output !== undefined) raw[tree.output]! += tree.weight * tree.values[leaf]!
      else for (let o = 0; o < raw.length; o++) raw[o]! += tree.weight * tree.values[leaf * raw.length + o]!
    }
    if (link === 'logistic') raw[0]! *= slope
    return linked(raw, link)
  }
}

const compileTree = ({
  feature,
  threshold,
  left,
  right,
  values,
  categories,
  output,
  weight,
}: Tree): Compiled => ({
  feature: Int32Array.from(feature),
  threshold: Float64Array.from(threshold),
  left: Int32Array.from(left),
  right: Int32Array.from(right),
  values: Float64Array.from(values),
  categories: new Map(Object.entries(categories ?? {}).map(([node, list]) => [Number(node), new Set(list)])),
  output,
  weight,
})

function leafOf({ feature, threshold, left, right, categories }: Compiled, row: Float64Array): number {
  let node = 0
  for (let at = feature[0]!; at >= 0; at = feature[node]!) {
    const value = row[at]!
    const set = categories.get(node)
    const goesLeft = set ? set.has(value) : value <= threshold[node]!
    node = goesLeft ? left[node]! : right[node]!
  }
  return node
}
