import type { ColumnTable } from 'arquero'
import type { Relation } from './plan'

export type SparkColumns = { names: string[]; values: ArrayLike<unknown>[] }

/** What a plan came to. */
export type SparkResult = {
  operationId: string
  columns: SparkColumns
  rows: number
  ml?: Relation
  relation?: Relation
  stages: number[]
}

/** What runs plans: a session of Spark, opened by its first use. */
export type SparkHost = {
  execute(plan: Relation): Promise<SparkResult>
  stream(relation: Relation): AsyncGenerator<SparkColumns, void, undefined>
  analyze(request: Relation): Promise<Relation>
  config(keys: string[]): Promise<Record<string, string | undefined>>
  setConfig(pairs: Record<string, string>): Promise<void>
  upload(columns: SparkColumns): Promise<Relation>
  uploadParts(parts: AsyncIterable<SparkColumns>): Promise<Relation>
  /** Makes an arquero table. */
  table(columns: SparkColumns): Promise<ColumnTable>
  print(text: string): void
}
