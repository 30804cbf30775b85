import type { Case } from './tables'

/** Figures of whole columns. */
export const statistics: Case[] = [
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
