import type { Case } from './tables'

/** Which rows stay. */
export const filters: Case[] = [
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
]
