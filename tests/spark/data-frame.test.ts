import { afterAll, beforeAll, expect, test } from 'vitest'
import { sparkOf, startMs, startSpark, type TestSpark } from '../support/spark'
import { columns } from './data-frame/columns'
import { filters } from './data-frame/filters'
import { functions } from './data-frame/functions'
import { groups } from './data-frame/groups'
import { joins } from './data-frame/joins'
import { rows } from './data-frame/rows'
import { sources } from './data-frame/sources'
import { statistics } from './data-frame/statistics'
import { makeTables, type Tables } from './data-frame/tables'

/** What `show` prints and `dtypes` says is what PySpark 4.3.0 printed for the same on the same server. */

let server: TestSpark
let mine: ReturnType<typeof sparkOf>
let tables: Tables
beforeAll(async () => {
  server = await startSpark()
  mine = sparkOf(server.remote)
  tables = await makeTables(mine.spark)
}, startMs)
afterAll(() => mine?.close())

const cases = [...columns, ...filters, ...groups, ...joins, ...rows, ...statistics, ...functions, ...sources]

test.each(cases)('%s is what PySpark prints for the same', async (_, make, dtypes, shown) => {
  const table = make(tables)
  expect((await table.dtypes).map(([name, type]) => `${name}: ${type}`).join(', ')).toBe(dtypes)
  expect(await table.toString()).toBe(shown)
  // Nothing but this server's application answered.
  expect(await tables.spark.applicationId).toBe(server.state.applicationId)
})

test('Spark itself says which of its stages worked for a query', async () => {
  const { spark, F, col } = tables
  const before = mine.stages.length
  const table = spark
    .range(3_000_000)
    .withColumn('key', col('id').mod(100_000))
    .groupBy('key')
    .agg(F.sum('id'))
  expect(await table.count()).toBe(100_000)
  expect(mine.stages.length).toBeGreaterThan(before)
})
