import type { Case } from './tables'

/** Two tables side by side. */
export const joins: Case[] = [
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
]
