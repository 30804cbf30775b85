import type { AlgorithmName, Parameters } from '../../lib/protocol/training'
import type { PredictorFormat } from '../../lib/training/model-format'
import type { KMeans, KMeansParameters } from './algorithms/kmeans'
import type { Matrix, Target } from './data'
import type { Progress } from './progress'

export type Known = { matrix: Matrix; target: Target; categories: ReadonlySet<number> }

/** What finds a model of rows of numbers: this process, or Spark. Data become numbers, and models are measured, before and after it. */
export type Learner = {
  predictor(
    algorithm: AlgorithmName,
    known: Known,
    parameters: Parameters,
    progress: Progress,
  ): Promise<PredictorFormat>
  clusters(matrix: Matrix, parameters: KMeansParameters, progress: Progress): Promise<KMeans>
}
