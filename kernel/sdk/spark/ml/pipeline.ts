import type { DataFrame } from '../data-frame'
import type { SparkHost } from '../host'
import type { Params } from './params'
import { saveStages } from './saved'
import { type Estimator, newUid, type Transformer } from './step'

export type Stage = Estimator | Transformer
export type PipelineModel = Transformer & { readonly stages: Transformer[] }

const isEstimator = (stage: Stage): stage is Estimator => 'fit' in stage

/** Steps one after the other; each learns from what the ones before it make. */
export function pipeline(
  host: SparkHost,
  stages: readonly Stage[],
  uid = newUid('Pipeline'),
): Estimator<PipelineModel> {
  return {
    uid,
    /** Sets the last step that learns. */
    with(params: Params) {
      const last = stages.findLastIndex(isEstimator)
      if (last < 0) throw new Error('no step of the pipeline learns, so none has settings to try')
      return pipeline(
        host,
        stages.map((stage, i) => (i === last ? (stage as Estimator).with(params) : stage)),
      )
    },
    async fit(table: DataFrame<never> | DataFrame) {
      const fitted: Transformer[] = []
      let current = table as DataFrame
      for (const [i, stage] of stages.entries()) {
        const next = isEstimator(stage) ? await stage.fit(current) : stage
        fitted.push(next)
        // Nothing after the last step learns from it.
        if (stages.slice(i + 1).some(isEstimator)) current = next.transform(current)
      }
      return pipelineModel(host, fitted)
    },
    save: (path, how) =>
      saveStages(host, { className: 'org.apache.spark.ml.Pipeline', uid, stages, path, ...how }),
  }
}

export function pipelineModel(
  host: SparkHost,
  stages: Transformer[],
  uid = newUid('PipelineModel'),
): PipelineModel {
  return {
    uid,
    stages,
    transform: (table) => stages.reduce((current, stage) => stage.transform(current), table as DataFrame),
    save: (path, how) =>
      saveStages(host, { className: 'org.apache.spark.ml.PipelineModel', uid, stages, path, ...how }),
  }
}
