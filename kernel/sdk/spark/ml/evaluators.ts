import type { SparkHost } from '../host'
import { fromLiteral } from './from-literal'
import { mlParams, type Params } from './params'
import { type Evaluator, mlCommand, newUid, operatorOf } from './step'

const smallerIsBetter = new Set(['rmse', 'mse', 'mae', 'hammingLoss', 'logLoss'])
const packageName = 'org.apache.spark.ml.evaluation'

export function evaluator(host: SparkHost, name: string, metricName: string, params: Params): Evaluator {
  const className = `${packageName}.${name}`
  const all = { metricName, ...params }
  return {
    isLargerBetter: !smallerIsBetter.has(String(all.metricName)),
    async evaluate(table) {
      const operator = operatorOf({ kind: 'EVALUATOR', className, uid: newUid(className) })
      const { ml } = await mlCommand(host, {
        evaluate: { evaluator: operator, params: mlParams(all), dataset: table.relation },
      })
      return fromLiteral((ml as { param?: unknown }).param) as number
    },
  }
}
