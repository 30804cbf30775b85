import type { AlgorithmName, Parameters } from '../../../lib/protocol/training'
import type { PredictorFormat } from '../../../lib/training/model-format'
import type { TargetKind } from '../data'

/** What Spark is to learn of rows of numbers, which come beside it, part by part. */
export type SparkJob = {
  algorithm: AlgorithmName
  parameters: Parameters
  rows: number
  width: number
  /** What is to be told of each row; null for clusters. */
  target: TargetKind | null
}

/** Some of the rows, row by row, with what is to be told of each: a number, or the number of its class. */
export type JobPart = { values: Float64Array; target: Float64Array | null }

/** Rows of numbers, wherever they are: each call of `parts` begins with the first. */
export type RowSource = { rows: number; width: number; parts(): AsyncGenerator<JobPart, void, undefined> }

export type SparkAnswer = {
  predictor: PredictorFormat
  iterations?: number
  /** Of clusters: the sum of squared distances, and how many rows each has. */
  cost?: number
  sizes?: number[]
}
