import { DataFrame } from '../data-frame'
import type { SparkHost, SparkResult } from '../host'
import type { Relation } from '../plan'
import { fromLiteral } from './from-literal'
import { mlParams, type Params } from './params'

/** Adds columns to a table. */
export type Transformer = {
  readonly uid: string
  transform(table: DataFrame<never> | DataFrame): DataFrame
  save(path: string, how?: { overwrite?: boolean }): Promise<void>
}

/** Learns a model from a table. */
export type Estimator<Fitted extends Transformer = Transformer> = {
  readonly uid: string
  fit(table: DataFrame<never> | DataFrame): Promise<Fitted>
  /** The same with other settings. */
  with(params: Params): Estimator<Fitted>
  save(path: string, how?: { overwrite?: boolean }): Promise<void>
}

export type Evaluator = {
  evaluate(table: DataFrame<never> | DataFrame): Promise<number>
  /** Whether more is better. */
  readonly isLargerBetter: boolean
}

type OperatorKind = 'ESTIMATOR' | 'TRANSFORMER' | 'EVALUATOR' | 'MODEL'
type Operator = { kind: OperatorKind; className: string; uid: string; params: Params }

export const newUid = (className: string) =>
  `${className.split('.').at(-1)}_${globalThis.crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`

export const operatorOf = ({ kind, className, uid }: Omit<Operator, 'params'>): Relation => ({
  name: className,
  uid,
  type: `OPERATOR_TYPE_${kind}`,
})

/** Runs a command of Spark ML. */
export async function mlCommand(host: SparkHost, command: Relation): Promise<SparkResult> {
  return host.execute({ command: { ml_command: command } })
}

export function transformer(
  host: SparkHost,
  className: string,
  params: Params,
  uid = newUid(className),
): Transformer {
  const operator = { kind: 'TRANSFORMER', className, uid, params } as const
  return {
    uid,
    transform: (table) =>
      new DataFrame(host, {
        ml_relation: {
          transform: { transformer: operatorOf(operator), input: table.relation, params: mlParams(params) },
        },
      }),
    save: (path, how) => saveOperator(host, operator, path, how),
  }
}

export function estimator<Fitted extends Model>(
  host: SparkHost,
  className: string,
  params: Params,
  model: (base: Model) => Fitted,
  uid = newUid(className),
): Estimator<Fitted> {
  const operator = { kind: 'ESTIMATOR', className, uid, params } as const
  return {
    uid,
    with: (more) => estimator(host, className, { ...params, ...more }, model),
    async fit(table) {
      const { ml } = await mlCommand(host, {
        fit: { estimator: operatorOf(operator), params: mlParams(params), dataset: table.relation },
      })
      return model(modelOf(host, ml, params))
    },
    save: (path, how) => saveOperator(host, operator, path, how),
  }
}

type Info = { operator_info?: { obj_ref?: { id: string }; uid?: string } }

/** What Spark keeps of a model that it has learned or read. */
export function modelOf(host: SparkHost, answer: unknown, params: Params): Model {
  const { obj_ref, uid = '' } = (answer as Info | undefined)?.operator_info ?? {}
  if (!obj_ref) throw new Error('spark gave no model back')
  return new Model(host, obj_ref.id, uid, params)
}

/** A model, which lives with Spark until its session ends: `save` keeps it. */
export class Model implements Transformer {
  readonly #host: SparkHost
  constructor(
    host: SparkHost,
    readonly id: string,
    readonly uid: string,
    readonly params: Params,
  ) {
    this.#host = host
  }

  transform(table: DataFrame<never> | DataFrame): DataFrame {
    return new DataFrame(this.#host, {
      ml_relation: { transform: { obj_ref: { id: this.id }, input: table.relation, params: mlParams({}) } },
    })
  }
  /** One of Spark's attributes of this model: `get('clusterCenterMatrix')`, `get('summary', 'trainingCost')`. */
  async get<Value = unknown>(...methods: string[]): Promise<Value> {
    const { ml } = await mlCommand(this.#host, {
      fetch: { obj_ref: { id: this.id }, methods: methods.map((method) => ({ method })) },
    })
    const answer = ml as { param?: unknown; summary?: string }
    return (answer.param ? fromLiteral(answer.param) : answer.summary) as Value
  }
  async save(path: string, { overwrite = false } = {}): Promise<void> {
    await mlCommand(this.#host, { write: { obj_ref: { id: this.id }, path, should_overwrite: overwrite } })
  }
  /** Frees what Spark holds of it. */
  async delete(): Promise<void> {
    await mlCommand(this.#host, { delete: { obj_refs: [{ id: this.id }] } })
  }
}

async function saveOperator(host: SparkHost, operator: Operator, path: string, { overwrite = false } = {}) {
  const write = {
    operator: operatorOf(operator),
    params: mlParams(operator.params),
    path,
    should_overwrite: overwrite,
  }
  await mlCommand(host, { write })
}
