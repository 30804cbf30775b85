import { tableFromIPC } from '@uwdata/flechette'
import { expect, test } from 'vitest'
import { fromArrow, toArrow, typesOf } from '../../../lib/spark/arrow'

const columns = {
  names: ['n', 'whole', 'large', 's', 'yes', 'day', 'list'],
  values: [
    [1.5, null, -0],
    [1, 2, null],
    [1, 2 ** 40, 3],
    ['a', 'b', 'a'],
    [true, null, false],
    [new Date(0), new Date(1.7e12), null],
    [[1, 2], [], null],
  ],
}

test('a table is written with plain types: text is never a dictionary, whose codes Spark would read', () => {
  const [stream, ...more] = toArrow(columns, typesOf(columns))
  const { schema, children } = tableFromIPC(stream!)
  expect(more).toEqual([])
  expect(schema.fields.map(({ name, type }) => [name, type.typeId])).toEqual([
    ['n', 3],
    ['whole', 2],
    ['large', 2],
    ['s', 5],
    ['yes', 6],
    ['day', 10],
    ['list', 12],
  ])
  expect(children[3]!.toArray()).toEqual(['a', 'b', 'a'])
})

test('what is written comes back, in parts too', () => {
  const parts = [...toArrow(columns, typesOf(columns), 10)]
  const many = { names: ['x'], values: [Float64Array.from({ length: 2500 }, (_, i) => i)] }
  const streams = [...toArrow(many, typesOf(many), 8 * 1000)]
  expect(fromArrow(parts)).toEqual({
    names: columns.names,
    values: [
      ...columns.values.slice(0, 2),
      new Float64Array([1, 2 ** 40, 3]),
      ...columns.values.slice(3, 6),
      [new Int32Array([1, 2]), new Int32Array(), null],
    ],
  })
  expect([streams.length, fromArrow(streams)]).toEqual([3, many])
})

test.each([
  [{ names: ['x'], values: [[1, 'a']] }, 'a column of number has text in row 1; make it one type: x'],
  [
    { names: ['x'], values: [[{ a: 1 }]] },
    'spark takes numbers, text, booleans, dates and lists of them, not objects; change the column: x',
  ],
])('a column that no type of Spark holds is refused by name', (wrong, message) => {
  expect(() => typesOf(wrong)).toThrow(new Error(message))
})

test('columns of different lengths are refused', () => {
  const wrong = { names: ['x', 'y'], values: [[1], [1, 2]] }
  expect(() => [...toArrow(wrong, typesOf(wrong))]).toThrow(
    new Error('columns have different lengths: x has 1 rows, y 2'),
  )
})
