import type { Case } from './tables'

/** Rows that are taken together. */
export const groups: Case[] = [
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
]
