import path from 'node:path'
import type { DataFrame, Spark } from '../../../kernel/sdk/spark'
import { root } from '../../support/paths'

/** What every case is made of. */
export async function makeTables(spark: Spark) {
  const people = (await spark.createDataFrame([
    { name: 'Ada', age: 36, city: 'Rome', score: 1.5 },
    { name: 'Bob', age: 25, city: 'Oslo', score: null },
    { name: 'Cy', age: 41, city: 'Rome', score: 2.25 },
    { name: 'Di', age: 25, city: 'Bern', score: 4 },
    { name: 'Ed', age: null, city: 'Oslo', score: 0.5 },
  ])) as DataFrame
  const cities: DataFrame = await spark.createDataFrame({
    city: ['Rome', 'Oslo', 'Paris'],
    country: ['Italy', 'Norway', 'France'],
  })
  const read = spark.read.option('header', true).option('inferSchema', true)
  const iris = read.csv(path.join(root, 'notebooks/data/iris.csv'))
  const { col, lit, functions: F, Window } = spark
  const byCity = Window.partitionBy('city').orderBy('age')
  const sqlTable = await spark.sql("SELECT :low + 1 AS x, upper('a') AS y", { low: 3 })
  return { spark, people, cities, iris, sqlTable, byCity, col, lit, F }
}
export type Tables = Awaited<ReturnType<typeof makeTables>>

/** A table, its types, and what `show` prints of it. */
export type Case = [name: string, make: (tables: Tables) => DataFrame, dtypes: string, shown: string]
