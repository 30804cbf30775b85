import type { TrainingResult } from './training-result'

export const algorithmNames = [
  'kmeans',
  'logistic_regression',
  'linear_regression',
  'random_forest',
  'gradient_boosted_trees',
  'dense_network',
] as const
export type AlgorithmName = (typeof algorithmNames)[number]

export type Parameters = Record<string, number | string | boolean>

export const trainingStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type TrainingState = (typeof trainingStates)[number]
export const hasEnded = (state: TrainingState) => state !== 'queued' && state !== 'running'

export const trainingEngines = ['local', 'spark'] as const
export type TrainingEngine = (typeof trainingEngines)[number]

/** Step `done` of `of`, in words. */
export type TrainingProgress = { done: number; of: number; what: string }

/** Points by name of the curve. */
export type Curves = Record<string, [step: number, value: number][]>

/** A training as the API tells it. */
export type TrainingSummary = {
  id: string
  status: TrainingState
  /** `version_id` is null once the data set was deleted for good. */
  dataset: { name: string; version: number; hash: string; version_id: string | null }
  engine: TrainingEngine
  algorithm: AlgorithmName
  features: string[]
  target: string | null
  parameters: Parameters
  progress: TrainingProgress | null
  error: string | null
  /** The first of the result's metrics, for lists. */
  score: { name: string; value: number } | null
  started_by: string | null
  created_at: string
  started_at: string | null
  ended_at: string | null
}

export type TrainingDetails = TrainingSummary & {
  log: string
  curves: Curves
  result: TrainingResult | null
  /** Versions that were made of it. */
  versions: { endpoint: string; version: string }[]
}

/** PostgreSQL's channel on which a new or cancelled training is told to whoever trains. */
export const trainingsChannel = 'trainings'
