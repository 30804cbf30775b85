import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DataFrame, Spark } from '../../kernel/sdk/spark'
import { root } from '../support/paths'
import { sparkOf, startMs, startSpark, type TestSpark } from '../support/spark'

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

async function makeTables(spark: Spark) {
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
type Tables = Awaited<ReturnType<typeof makeTables>>

const cases: [string, (tables: Tables) => DataFrame, dtypes: string, shown: string][] = [
  [
    'select',
    ({ people }) => people.select('name', 'city'),
    'name: string, city: string',
    `+----+----+
|name|city|
+----+----+
| Ada|Rome|
| Bob|Oslo|
|  Cy|Rome|
|  Di|Bern|
|  Ed|Oslo|
+----+----+
`,
  ],
  [
    'select an expression',
    ({ people, col }) => people.select('name', col('age').plus(1).as('next')),
    'name: string, next: int',
    `+----+----+
|name|next|
+----+----+
| Ada|  37|
| Bob|  26|
|  Cy|  42|
|  Di|  26|
|  Ed|NULL|
+----+----+
`,
  ],
  [
    'selectExpr',
    ({ people }) => people.selectExpr('upper(name) AS loud', 'age * 2 AS twice'),
    'loud: string, twice: int',
    `+----+-----+
|loud|twice|
+----+-----+
| ADA|   72|
| BOB|   50|
|  CY|   82|
|  DI|   50|
|  ED| NULL|
+----+-----+
`,
  ],
  [
    'filter by a column',
    ({ people, col }) => people.filter(col('age').gt(30)),
    'name: string, age: int, city: string, score: double',
    `+----+---+----+-----+
|name|age|city|score|
+----+---+----+-----+
| Ada| 36|Rome|  1.5|
|  Cy| 41|Rome| 2.25|
+----+---+----+-----+
`,
  ],
  [
    'filter by SQL',
    ({ people }) => people.filter("city = 'Oslo' OR score >= 4"),
    'name: string, age: int, city: string, score: double',
    `+----+----+----+-----+
|name| age|city|score|
+----+----+----+-----+
| Bob|  25|Oslo| NULL|
|  Di|  25|Bern|  4.0|
|  Ed|NULL|Oslo|  0.5|
+----+----+----+-----+
`,
  ],
  [
    'filter by and, or, not',
    ({ people, col }) => people.filter(col('age').lt(40).and(col('city').eq('Oslo').not())),
    'name: string, age: int, city: string, score: double',
    `+----+---+----+-----+
|name|age|city|score|
+----+---+----+-----+
| Ada| 36|Rome|  1.5|
|  Di| 25|Bern|  4.0|
+----+---+----+-----+
`,
  ],
  [
    'filter nulls',
    ({ people, col }) => people.filter(col('age').isNull()),
    'name: string, age: int, city: string, score: double',
    `+----+----+----+-----+
|name| age|city|score|
+----+----+----+-----+
|  Ed|NULL|Oslo|  0.5|
+----+----+----+-----+
`,
  ],
  [
    'isin',
    ({ people, col }) => people.filter(col('city').isin('Bern', 'Oslo')),
    'name: string, age: int, city: string, score: double',
    `+----+----+----+-----+
|name| age|city|score|
+----+----+----+-----+
| Bob|  25|Oslo| NULL|
|  Di|  25|Bern|  4.0|
|  Ed|NULL|Oslo|  0.5|
+----+----+----+-----+
`,
  ],
  [
    'between',
    ({ people, col }) => people.filter(col('age').between(25, 36)),
    'name: string, age: int, city: string, score: double',
    `+----+---+----+-----+
|name|age|city|score|
+----+---+----+-----+
| Ada| 36|Rome|  1.5|
| Bob| 25|Oslo| NULL|
|  Di| 25|Bern|  4.0|
+----+---+----+-----+
`,
  ],
  [
    'like',
    ({ people, col }) => people.filter(col('name').like('%d%')),
    'name: string, age: int, city: string, score: double',
    `+----+----+----+-----+
|name| age|city|score|
+----+----+----+-----+
| Ada|  36|Rome|  1.5|
|  Ed|NULL|Oslo|  0.5|
+----+----+----+-----+
`,
  ],
  [
    'withColumn',
    ({ people, col }) => people.withColumn('half', col('age').divide(2)),
    'name: string, age: int, city: string, score: double, half: double',
    `+----+----+----+-----+----+
|name| age|city|score|half|
+----+----+----+-----+----+
| Ada|  36|Rome|  1.5|18.0|
| Bob|  25|Oslo| NULL|12.5|
|  Cy|  41|Rome| 2.25|20.5|
|  Di|  25|Bern|  4.0|12.5|
|  Ed|NULL|Oslo|  0.5|NULL|
+----+----+----+-----+----+
`,
  ],
  [
    'withColumn replaces',
    ({ people, col }) => people.withColumn('age', col('age').mod(10)),
    'name: string, age: int, city: string, score: double',
    `+----+----+----+-----+
|name| age|city|score|
+----+----+----+-----+
| Ada|   6|Rome|  1.5|
| Bob|   5|Oslo| NULL|
|  Cy|   1|Rome| 2.25|
|  Di|   5|Bern|  4.0|
|  Ed|NULL|Oslo|  0.5|
+----+----+----+-----+
`,
  ],
  [
    'withColumnRenamed',
    ({ people }) => people.withColumnRenamed('score', 'points'),
    'name: string, age: int, city: string, points: double',
    `+----+----+----+------+
|name| age|city|points|
+----+----+----+------+
| Ada|  36|Rome|   1.5|
| Bob|  25|Oslo|  NULL|
|  Cy|  41|Rome|  2.25|
|  Di|  25|Bern|   4.0|
|  Ed|NULL|Oslo|   0.5|
+----+----+----+------+
`,
  ],
  [
    'drop',
    ({ people }) => people.drop('score', 'city'),
    'name: string, age: int',
    `+----+----+
|name| age|
+----+----+
| Ada|  36|
| Bob|  25|
|  Cy|  41|
|  Di|  25|
|  Ed|NULL|
+----+----+
`,
  ],
  [
    'cast',
    ({ people, col }) =>
      people.select(col('score').cast('int').as('whole'), col('age').cast('string').as('text')),
    'whole: int, text: string',
    `+-----+----+
|whole|text|
+-----+----+
|    1|  36|
| NULL|  25|
|    2|  41|
|    4|  25|
|    0|NULL|
+-----+----+
`,
  ],
  [
    'when and otherwise',
    ({ people, col, F }) =>
      people.select(
        'name',
        F.when(col('age').lt(30), 'young').when(col('age').ge(40), 'old').otherwise('middle').as('is'),
      ),
    'name: string, is: string',
    `+----+------+
|name|    is|
+----+------+
| Ada|middle|
| Bob| young|
|  Cy|   old|
|  Di| young|
|  Ed|middle|
+----+------+
`,
  ],
  [
    'groupBy count',
    ({ people }) => people.groupBy('city').count().orderBy('city'),
    'city: string, count: bigint',
    `+----+-----+
|city|count|
+----+-----+
|Bern|    1|
|Oslo|    2|
|Rome|    2|
+----+-----+
`,
  ],
  [
    'groupBy agg',
    ({ people, F }) =>
      people
        .groupBy('city')
        .agg(F.avg('age').as('age'), F.max('score'), F.countDistinct('name').as('names'))
        .orderBy('city'),
    'city: string, age: double, max(score): double, names: bigint',
    `+----+----+----------+-----+
|city| age|max(score)|names|
+----+----+----------+-----+
|Bern|25.0|       4.0|    1|
|Oslo|25.0|       0.5|    2|
|Rome|38.5|      2.25|    2|
+----+----+----------+-----+
`,
  ],
  [
    'groupBy agg by names',
    ({ people }) => people.groupBy('city').agg({ age: 'sum' }).orderBy('city'),
    'city: string, sum(age): bigint',
    `+----+--------+
|city|sum(age)|
+----+--------+
|Bern|      25|
|Oslo|      25|
|Rome|      77|
+----+--------+
`,
  ],
  [
    'groupBy sum',
    ({ people }) => people.groupBy('city').sum('age', 'score').orderBy('city'),
    'city: string, sum(age): bigint, sum(score): double',
    `+----+--------+----------+
|city|sum(age)|sum(score)|
+----+--------+----------+
|Bern|      25|       4.0|
|Oslo|      25|       0.5|
|Rome|      77|      3.75|
+----+--------+----------+
`,
  ],
  [
    'agg over all',
    ({ people, F }) => people.agg(F.min('age'), F.max('age'), F.stddev('age')),
    'min(age): int, max(age): int, stddev(age): double',
    `+--------+--------+----------------+
|min(age)|max(age)|     stddev(age)|
+--------+--------+----------------+
|      25|      41|8.05708797684788|
+--------+--------+----------------+
`,
  ],
  [
    'pivot',
    ({ people }) => people.groupBy('city').pivot('age', [25, 36]).count().orderBy('city'),
    'city: string, 25: bigint, 36: bigint',
    `+----+----+----+
|city|  25|  36|
+----+----+----+
|Bern|   1|NULL|
|Oslo|   1|NULL|
|Rome|NULL|   1|
+----+----+----+
`,
  ],
  [
    'rollup',
    ({ people }) => people.rollup('city').count().orderBy('city'),
    'city: string, count: bigint',
    `+----+-----+
|city|count|
+----+-----+
|NULL|    5|
|Bern|    1|
|Oslo|    2|
|Rome|    2|
+----+-----+
`,
  ],
  [
    'inner join',
    ({ people, cities }) => people.join(cities, 'city').orderBy('name'),
    'city: string, name: string, age: int, score: double, country: string',
    `+----+----+----+-----+-------+
|city|name| age|score|country|
+----+----+----+-----+-------+
|Rome| Ada|  36|  1.5|  Italy|
|Oslo| Bob|  25| NULL| Norway|
|Rome|  Cy|  41| 2.25|  Italy|
|Oslo|  Ed|NULL|  0.5| Norway|
+----+----+----+-----+-------+
`,
  ],
  [
    'left join',
    ({ people, cities }) => people.join(cities, 'city', 'left').orderBy('name'),
    'city: string, name: string, age: int, score: double, country: string',
    `+----+----+----+-----+-------+
|city|name| age|score|country|
+----+----+----+-----+-------+
|Rome| Ada|  36|  1.5|  Italy|
|Oslo| Bob|  25| NULL| Norway|
|Rome|  Cy|  41| 2.25|  Italy|
|Bern|  Di|  25|  4.0|   NULL|
|Oslo|  Ed|NULL|  0.5| Norway|
+----+----+----+-----+-------+
`,
  ],
  [
    'outer join',
    ({ people, cities }) => people.join(cities, 'city', 'outer').orderBy('city', 'name'),
    'city: string, name: string, age: int, score: double, country: string',
    `+-----+----+----+-----+-------+
| city|name| age|score|country|
+-----+----+----+-----+-------+
| Bern|  Di|  25|  4.0|   NULL|
| Oslo| Bob|  25| NULL| Norway|
| Oslo|  Ed|NULL|  0.5| Norway|
|Paris|NULL|NULL| NULL| France|
| Rome| Ada|  36|  1.5|  Italy|
| Rome|  Cy|  41| 2.25|  Italy|
+-----+----+----+-----+-------+
`,
  ],
  [
    'semi join',
    ({ people, cities }) => people.join(cities, 'city', 'semi').orderBy('name'),
    'city: string, name: string, age: int, score: double',
    `+----+----+----+-----+
|city|name| age|score|
+----+----+----+-----+
|Rome| Ada|  36|  1.5|
|Oslo| Bob|  25| NULL|
|Rome|  Cy|  41| 2.25|
|Oslo|  Ed|NULL|  0.5|
+----+----+----+-----+
`,
  ],
  [
    'anti join',
    ({ people, cities }) => people.join(cities, 'city', 'anti'),
    'city: string, name: string, age: int, score: double',
    `+----+----+---+-----+
|city|name|age|score|
+----+----+---+-----+
|Bern|  Di| 25|  4.0|
+----+----+---+-----+
`,
  ],
  [
    'join by a condition',
    ({ people, cities }) =>
      people
        .join(cities, people.col('city').eq(cities.col('city')))
        .select('name', 'country')
        .orderBy('name'),
    'name: string, country: string',
    `+----+-------+
|name|country|
+----+-------+
| Ada|  Italy|
| Bob| Norway|
|  Cy|  Italy|
|  Ed| Norway|
+----+-------+
`,
  ],
  [
    'crossJoin',
    ({ people, cities }) =>
      people.select('name').limit(2).crossJoin(cities.select('country')).orderBy('name', 'country'),
    'name: string, country: string',
    `+----+-------+
|name|country|
+----+-------+
| Ada| France|
| Ada|  Italy|
| Ada| Norway|
| Bob| France|
| Bob|  Italy|
| Bob| Norway|
+----+-------+
`,
  ],
  [
    'orderBy two ways',
    ({ people, col }) => people.orderBy(col('city').desc(), 'age'),
    'name: string, age: int, city: string, score: double',
    `+----+----+----+-----+
|name| age|city|score|
+----+----+----+-----+
| Ada|  36|Rome|  1.5|
|  Cy|  41|Rome| 2.25|
|  Ed|NULL|Oslo|  0.5|
| Bob|  25|Oslo| NULL|
|  Di|  25|Bern|  4.0|
+----+----+----+-----+
`,
  ],
  [
    'orderBy nulls last',
    ({ people, col }) => people.orderBy(col('age').ascNullsLast(), 'name'),
    'name: string, age: int, city: string, score: double',
    `+----+----+----+-----+
|name| age|city|score|
+----+----+----+-----+
| Bob|  25|Oslo| NULL|
|  Di|  25|Bern|  4.0|
| Ada|  36|Rome|  1.5|
|  Cy|  41|Rome| 2.25|
|  Ed|NULL|Oslo|  0.5|
+----+----+----+-----+
`,
  ],
  [
    'limit and offset',
    ({ people }) => people.orderBy('name').offset(1).limit(2),
    'name: string, age: int, city: string, score: double',
    `+----+---+----+-----+
|name|age|city|score|
+----+---+----+-----+
| Bob| 25|Oslo| NULL|
|  Cy| 41|Rome| 2.25|
+----+---+----+-----+
`,
  ],
  [
    'union',
    ({ people, cities }) => people.select('city').union(cities.select('city')).orderBy('city'),
    'city: string',
    `+-----+
| city|
+-----+
| Bern|
| Oslo|
| Oslo|
| Oslo|
|Paris|
| Rome|
| Rome|
| Rome|
+-----+
`,
  ],
  [
    'unionByName',
    ({ people, cities }) =>
      people
        .select('city', 'name')
        .unionByName(cities, { allowMissingColumns: true })
        .orderBy('city', 'name'),
    'city: string, name: string, country: string',
    `+-----+----+-------+
| city|name|country|
+-----+----+-------+
| Bern|  Di|   NULL|
| Oslo|NULL| Norway|
| Oslo| Bob|   NULL|
| Oslo|  Ed|   NULL|
|Paris|NULL| France|
| Rome|NULL|  Italy|
| Rome| Ada|   NULL|
| Rome|  Cy|   NULL|
+-----+----+-------+
`,
  ],
  [
    'distinct',
    ({ people }) => people.select('city').distinct().orderBy('city'),
    'city: string',
    `+----+
|city|
+----+
|Bern|
|Oslo|
|Rome|
+----+
`,
  ],
  [
    'dropDuplicates',
    ({ people }) => people.dropDuplicates('city').select('city').orderBy('city'),
    'city: string',
    `+----+
|city|
+----+
|Bern|
|Oslo|
|Rome|
+----+
`,
  ],
  [
    'intersect and subtract',
    ({ people, cities }) =>
      people
        .select('city')
        .intersect(cities.select('city'))
        .union(cities.select('city').subtract(people.select('city')))
        .orderBy('city'),
    'city: string',
    `+-----+
| city|
+-----+
| Oslo|
|Paris|
| Rome|
+-----+
`,
  ],
  [
    'fillna',
    ({ people }) => people.fillna(0),
    'name: string, age: int, city: string, score: double',
    `+----+---+----+-----+
|name|age|city|score|
+----+---+----+-----+
| Ada| 36|Rome|  1.5|
| Bob| 25|Oslo|  0.0|
|  Cy| 41|Rome| 2.25|
|  Di| 25|Bern|  4.0|
|  Ed|  0|Oslo|  0.5|
+----+---+----+-----+
`,
  ],
  [
    'dropna',
    ({ people }) => people.dropna(),
    'name: string, age: int, city: string, score: double',
    `+----+---+----+-----+
|name|age|city|score|
+----+---+----+-----+
| Ada| 36|Rome|  1.5|
|  Cy| 41|Rome| 2.25|
|  Di| 25|Bern|  4.0|
+----+---+----+-----+
`,
  ],
  [
    'describe',
    ({ iris }) => iris.describe('sepal_length', 'sepal_width'),
    'summary: string, sepal_length: string, sepal_width: string',
    `+-------+------------------+-------------------+
|summary|      sepal_length|        sepal_width|
+-------+------------------+-------------------+
|  count|               150|                150|
|   mean| 5.843333333333335|  3.057333333333334|
| stddev|0.8280661279778637|0.43586628493669793|
|    min|               4.3|                2.0|
|    max|               7.9|                4.4|
+-------+------------------+-------------------+
`,
  ],
  [
    'summary',
    ({ iris }) => iris.select('sepal_length').summary('count', 'min', '25%', '75%', 'max'),
    'summary: string, sepal_length: string',
    `+-------+------------+
|summary|sepal_length|
+-------+------------+
|  count|         150|
|    min|         4.3|
|    25%|         5.1|
|    75%|         6.4|
|    max|         7.9|
+-------+------------+
`,
  ],
  [
    'window',
    ({ people, byCity, F }) =>
      people
        .select('name', 'city', F.row_number().over(byCity).as('n'), F.sum('score').over(byCity).as('sum'))
        .orderBy('city', 'n'),
    'name: string, city: string, n: int, sum: double',
    `+----+----+---+----+
|name|city|  n| sum|
+----+----+---+----+
|  Di|Bern|  1| 4.0|
|  Ed|Oslo|  1| 0.5|
| Bob|Oslo|  2| 0.5|
| Ada|Rome|  1| 1.5|
|  Cy|Rome|  2|3.75|
+----+----+---+----+
`,
  ],
  [
    'text functions',
    ({ people, F }) =>
      people.select(
        F.concat_ws('-', 'name', 'city').as('both'),
        F.length('name').as('n'),
        F.substring('city', 1, 2).as('start'),
      ),
    'both: string, n: int, start: string',
    `+--------+---+-----+
|    both|  n|start|
+--------+---+-----+
|Ada-Rome|  3|   Ro|
|Bob-Oslo|  3|   Os|
| Cy-Rome|  2|   Ro|
| Di-Bern|  2|   Be|
| Ed-Oslo|  2|   Os|
+--------+---+-----+
`,
  ],
  [
    'dates',
    ({ spark, lit, F }) =>
      spark
        .range(2)
        .select(
          F.date_add(F.to_date(lit('2024-02-28')), 1).as('day'),
          F.year(F.to_date(lit('2024-02-28'))).as('year'),
        ),
    'day: date, year: int',
    `+----------+----+
|       day|year|
+----------+----+
|2024-02-29|2024|
|2024-02-29|2024|
+----------+----+
`,
  ],
  [
    'arrays',
    ({ people, F }) =>
      people
        .groupBy('city')
        .agg(F.sort_array(F.collect_list('name')).as('names'))
        .orderBy('city'),
    'city: string, names: array<string>',
    `+----+---------+
|city|    names|
+----+---------+
|Bern|     [Di]|
|Oslo|[Bob, Ed]|
|Rome|[Ada, Cy]|
+----+---------+
`,
  ],
  [
    'explode',
    ({ spark, lit, F }) => spark.range(1).select(F.explode(F.array(lit(1), lit(2))).as('x')),
    'x: int',
    `+---+
|  x|
+---+
|  1|
|  2|
+---+
`,
  ],
  [
    'range',
    ({ spark }) => spark.range(2, 8, 3),
    'id: bigint',
    `+---+
| id|
+---+
|  2|
|  5|
+---+
`,
  ],
  [
    'sql',
    ({ sqlTable }) => sqlTable,
    'x: int, y: string',
    `+---+---+
|  x|  y|
+---+---+
|  4|  A|
+---+---+
`,
  ],
  [
    'crosstab',
    ({ people }) => people.crosstab('city', 'age').orderBy('city_age'),
    'city_age: string, 25: bigint, 36: bigint, 41: bigint, null: bigint',
    `+--------+---+---+---+----+
|city_age| 25| 36| 41|null|
+--------+---+---+---+----+
|    Bern|  1|  0|  0|   0|
|    Oslo|  1|  0|  0|   1|
|    Rome|  0|  1|  1|   0|
+--------+---+---+---+----+
`,
  ],
]

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
