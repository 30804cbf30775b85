import type { DatasetColumn } from '../../lib/protocol/dataset'
import type { AlgorithmName, Parameters } from '../../lib/protocol/training'
import type { Scaling } from '../../lib/training/model-format'
import { TrainingError } from '../../lib/training/training-error'
import { type ColumnFacts, factsOf } from './column-facts'
import { type Matrix, type Target, type TrainData, takeRows, takeTarget } from './data'
import { type Fit, type Fitted, fitFeatures, fitOptions } from './fit-features'
import { fitTarget } from './fit-target'
import type { Known } from './learner'
import { seededRandom } from './random'
import { splitRows } from './split'

export type TrainingTask = {
  algorithm: AlgorithmName
  parameters: Parameters
  /** All columns that are read: the features, and the target where there is one. */
  data: TrainData
  target: string | null
}

/** The same, of rows that lie in a file. */
export type FileTask = Omit<TrainingTask, 'data'> & {
  /** A Parquet file with all rows. */
  file: string
  rows: number
  /** Those that are read. */
  columns: DatasetColumn[]
}

/** What is known of the rows before a model is made of them. */
type Rows = {
  /** How columns become numbers, found in the rows that are learned from. */
  fit: Fit & { scaling: Scaling | null }
  /** Rows at hand to show and to measure with: all, or of very many a sample. */
  data: TrainData
  /** Facts of all rows. */
  facts: ColumnFacts[]
  /** How many rows there are in all. */
  total: number
}

export type PreparedClusters = Rows & {
  /** The rows at hand as numbers. */
  matrix: Matrix
}

export type PreparedTarget = Rows & {
  column: string
  known: Known
  /** Rows that the model is measured with. */
  tested: { matrix: Matrix; truth: Target }
  counts: { train: number; test: number }
  notes: string[]
}

/** Makes numbers of rows that groups are to be found in. */
export function prepareClusters({ data, parameters }: TrainingTask): PreparedClusters {
  const rows = Int32Array.from({ length: data.rows }, (_, row) => row)
  const options = { categories: 'one_hot', standardize: Boolean(parameters.standardize) } as const
  const { matrix, ...fit } = fitFeatures(data, rows, options)
  return { fit, data, facts: allFacts(data), total: data.rows, matrix }
}

/** Makes numbers of rows that a target is to be learned from, and puts some of them aside for the test. */
export function prepareTarget({ algorithm, parameters, data, target: name }: TrainingTask): PreparedTarget {
  const column = data.columns.find((each) => each.name === name)
  if (!column) throw noTarget()
  const { target, rows, notes } = fitTarget(column, algorithm)
  const random = seededRandom(Number(parameters.seed))
  const { train, test } = splitRows(rows, target, Number(parameters.test_share), random)
  if (train.length < 2) throw tooFewRows(train.length)
  const features = { ...data, columns: data.columns.filter((each) => each !== column) }
  const { matrix, ...fit }: Fitted = fitFeatures(features, train, fitOptions(algorithm))
  const known = {
    matrix: takeRows(matrix, train),
    target: takeTarget(target, train),
    categories: fit.categories,
  }
  const tested =
    test.length > 0
      ? { matrix: takeRows(matrix, test), truth: takeTarget(target, test) }
      : { matrix: known.matrix, truth: known.target }
  const counts = { train: train.length, test: test.length }
  return {
    fit,
    data,
    facts: allFacts(data),
    total: data.rows,
    column: column.name,
    known,
    tested,
    counts,
    notes,
  }
}

export const noTarget = () =>
  new TrainingError('this algorithm needs a target: choose the column that it is to tell')

export const tooFewRows = (rows: number) =>
  new TrainingError(`too few rows to learn from: ${rows}; add rows, or keep fewer for the test`)

const allFacts = ({ columns }: TrainData) => columns.map((column) => factsOf(column))
