import { expect, expectTypeOf, test } from 'vitest'
import { createSpark } from '../../../../kernel/sdk/spark'
import { columnsOf } from '../../../../kernel/sdk/spark/columns-of'

const spark = createSpark({
  upload: async () => ({ local_relation: {} }),
} as never)
const { col } = spark

test('columns of what a table was made from are known, and others are refused in the editor', async () => {
  const people = await spark.createDataFrame([{ name: 'Ada', age: 36 }])
  const named = people.select('name', col('age').gt(30).as('old'))
  expectTypeOf(named.row).toEqualTypeOf<{ name: string; old: boolean }>()
  const halved = people.withColumn('half', col('age').divide(2))
  expectTypeOf<(typeof halved)['row']['half']>().toEqualTypeOf<number>()
  expectTypeOf(people.drop('age').row).toEqualTypeOf<{ name: string }>()
  // @ts-expect-error there is no such column
  people.select('nope')
  // @ts-expect-error it reads a column that is not there
  people.filter(col('nope').gt(1))
  // @ts-expect-error it was dropped
  people.drop('age').orderBy('age')
  // Of a query nobody knows the columns before it has run.
  spark.table('people').filter(col('other').isNull()).select('anything')
  expect(Object.keys(named.relation)).toEqual(['project', 'common'])
})

test('an expression is what Spark is told', () => {
  const condition = col('age').gt(3).and(col('name').like('A%').not())
  expect(condition.expression).toEqual({
    unresolved_function: {
      function_name: 'and',
      arguments: [
        {
          unresolved_function: {
            function_name: '>',
            arguments: [
              { unresolved_attribute: { unparsed_identifier: 'age' } },
              { literal: { integer: 3 } },
            ],
          },
        },
        {
          unresolved_function: {
            function_name: 'not',
            arguments: [
              {
                unresolved_function: {
                  function_name: 'like',
                  arguments: [
                    { unresolved_attribute: { unparsed_identifier: 'name' } },
                    { literal: { string: 'A%' } },
                  ],
                },
              },
            ],
          },
        },
      ],
    },
  })
})

test.each([
  [[], 'a table of spark needs at least one column, and this has none'],
  [{ x: 1 }, 'a column is an array of values; this is number: x'],
  ['people', 'a table is records, columns by name, or an arquero table; this is string'],
])('what is no table is refused with what it is', (wrong, message) => {
  expect(() => columnsOf(wrong as never)).toThrow(new TypeError(message))
})

test('records lend their columns in the order in which they come, and null for what one lacks', () => {
  expect(columnsOf([{ a: 1 }, { b: 'x', a: 2 }])).toEqual({
    names: ['a', 'b'],
    values: [
      [1, 2],
      [null, 'x'],
    ],
  })
})
