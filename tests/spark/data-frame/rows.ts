import type { Case } from './tables'

/** The order of rows, tables below one another, what comes twice, and what is missing. */
export const rows: Case[] = [
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
]
