import type { AlgorithmName, Parameters } from '../../../lib/protocol/training'
import type { PredictorFormat } from '../../../lib/training/model-format'
import type { Target } from '../data'

/** What Spark is to learn: rows of numbers, and what is to be told of each. */
export type SparkJob = {
  algorithm: AlgorithmName
  parameters: Parameters
  rows: number
  width: number
  /** Row by row. */
  values: Float64Array
  /** Null for clusters. */
  target: Target | null
}

export type SparkAnswer = { predictor: PredictorFormat; iterations?: number }
