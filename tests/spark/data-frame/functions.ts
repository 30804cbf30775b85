import type { Case } from './tables'

/** Functions of values, arrays and windows. */
export const functions: Case[] = [
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
]
