import type { Case } from './tables'

/** What columns a table has, and what they are computed from. */
export const columns: Case[] = [
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
]
