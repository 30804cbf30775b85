import type { DatasetColumn } from '../../lib/protocol/dataset'
import type { AlgorithmName } from '../../lib/protocol/training'
import type { FeatureEncoding, Scaling } from '../../lib/training/model-format'
import { TrainingError } from '../../lib/training/training-error'
import { type ColumnFacts, factsOf } from './column-facts'
import type { Matrix, TrainData } from './data'
import { encodeColumns, widthOfAll } from './encode-columns'
import { applyScaling, gatherScaling } from './scaling'

/** How columns become numbers. */
export type Fit = {
  features: FeatureEncoding[]
  /** Columns of the matrix that are places in a list of categories. */
  categories: ReadonlySet<number>
  notes: string[]
}

export type Fitted = Fit & {
  scaling: Scaling | null
  /** Of all rows, scaled. */
  matrix: Matrix
}

export type FitOptions = { categories: 'one_hot' | 'index'; standardize: boolean }

/** More values than these are too few rows each; the rest is told together. */
const mostCategories = 200
/** Of the matrix: what a process of ours may hold beside the data. */
const mostBytes = 2 ** 30

/** Finds out of some rows how columns become numbers, and makes numbers of all. */
export function fitFeatures(
  data: TrainData,
  fitRows: Int32Array,
  { categories, standardize }: FitOptions,
): Fitted {
  const fit = fitColumns(
    data.columns.map((column) => factsOf(column, fitRows)),
    categories,
  )
  const { features } = fit
  const width = widthOfAll(features)
  if (data.rows * width * 8 > mostBytes)
    throw new TrainingError(
      `the columns become ${width} numbers for each of ${data.rows} rows, which is more than fits into memory (${(mostBytes / 2 ** 30).toFixed(0)} GiB); choose fewer columns, train on a sample of the rows, or with spark`,
    )
  const matrix = encodeColumns(data, features)
  let scaling: Scaling | null = null
  if (standardize) {
    const gathered = gatherScaling(width)
    gathered.add(matrix.values, fitRows)
    scaling = gathered.scaling()
    applyScaling(matrix.values, scaling)
  }
  return { ...fit, scaling, matrix }
}

/** The most numbers that a row of these columns can become. */
export function mostWidth(columns: DatasetColumn[], algorithm: AlgorithmName): number {
  const { categories } = fitOptions(algorithm)
  return columns.reduce((sum, { type, shape = [] }) => {
    if (type === 'numbers') return sum + shape.reduce((product, length) => product * length, 1)
    if (type === 'date' || type === 'datetime') return sum + 4
    return sum + (type === 'text' && categories === 'one_hot' ? mostCategories + 1 : 1)
  }, 0)
}

/** Trees tell categories apart by their places, and do not care for units. */
export function fitOptions(algorithm: AlgorithmName): FitOptions {
  const isTree = algorithm === 'random_forest' || algorithm === 'gradient_boosted_trees'
  return { categories: isTree ? 'index' : 'one_hot', standardize: !isTree }
}

/** Says how columns become numbers. Throws `TrainingError` where none of them tells rows apart. */
export function fitColumns(columns: ColumnFacts[], categories: FitOptions['categories']): Fit {
  const notes: string[] = []
  const features = columns.flatMap((column) => fitColumn(column, categories, notes) ?? [])
  if (features.length === 0)
    throw new TrainingError(
      `no column tells rows apart, each has one value only: ${columns.map(({ name }) => name).join(', ')}`,
    )
  const indexed = new Set<number>()
  features.forEach((feature, i) => {
    if (feature.encoding === 'index') indexed.add(widthOfAll(features.slice(0, i)))
  })
  return { features, categories: indexed, notes }
}

function fitColumn(
  column: ColumnFacts,
  categories: 'one_hot' | 'index',
  notes: string[],
): FeatureEncoding | undefined {
  const { name } = column
  if (column.type === 'text') return fitText(column, categories, notes)
  if (column.type === 'numbers') return { column: name, encoding: 'numbers', shape: column.shape }
  const { count, sum, least, most, rows } = column
  if (count === 0 || (least === most && count === rows)) {
    const why = count === 0 ? 'no row has a value' : 'every row has the same value'
    notes.push(`${name} is left out: ${why}`)
    return
  }
  if (count < rows) notes.push(`${name} has no value in ${rows - count} rows: their mean stands in`)
  const missing = sum / count
  if (column.type === 'date' || column.type === 'datetime')
    return {
      column: name,
      encoding: 'time',
      type: column.type,
      parts: column.type === 'date' ? ['days', 'month', 'weekday'] : ['days', 'month', 'weekday', 'hour'],
      missing,
    }
  return { column: name, encoding: 'number', type: column.type, missing }
}

function fitText(
  { name, rows, missing, counts }: Extract<ColumnFacts, { type: 'text' }>,
  encoding: 'one_hot' | 'index',
  notes: string[],
): FeatureEncoding | undefined {
  if (counts && counts.size + (missing > 0 ? 1 : 0) < 2) {
    notes.push(`${name} is left out: every row has the same value`)
    return
  }
  if (!counts || (counts.size > mostCategories && counts.size > rows / 2)) {
    notes.push(
      counts
        ? `${name} is left out: nearly every row has a text of its own (${counts.size} texts in ${rows} rows), which tells nothing about others`
        : `${name} is left out: it has too many different texts to be categories`,
    )
    return
  }
  const present = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
  if (present.length > mostCategories)
    notes.push(
      `${name} has ${present.length} values: the ${mostCategories} most frequent are told apart, the others are taken together`,
    )
  const kept: (string | null)[] = present
    .slice(0, mostCategories)
    .map(([text]) => text)
    .sort()
  if (missing > 0) {
    kept.push(null)
    notes.push(`${name} has no value in ${missing} rows: that is a value of its own`)
  }
  return encoding === 'one_hot'
    ? { column: name, encoding, categories: kept, unknown: 'zeros' }
    : { column: name, encoding, categories: kept, unknown: 'last' }
}
