import { expect, test } from 'vitest'
import type { FieldSchema } from '../../../lib/protocol/schema'
import { inferField } from '../../../lib/protocol/schema-infer'

const words = (n: number) => Array.from({ length: n }, (_, i) => `w${i}`)

const cases: [title: string, values: unknown[], schema: FieldSchema][] = [
  ['whole numbers with their range', [3, 1, 2], { type: 'number', integer: true, min: 1, max: 3 }],
  ['numbers', [0.5, 1], { type: 'number', min: 0.5, max: 1 }],
  ['texts as categories, sorted', ['b', 'a', 'b'], { type: 'string', categories: ['a', 'b'] }],
  ['a hundred categories', [...words(100), 'w1'], { type: 'string', categories: words(100).sort() }],
  ['more than a hundred texts as free text', [...words(101), 'w1'], { type: 'string' }],
  ['texts that are all different as free text', words(21), { type: 'string' }],
  ['booleans', [true, false], { type: 'boolean' }],
  ['a null among numbers', [1, null], { type: 'number', integer: true, min: 1, max: 1, nullable: true }],
  ['only nulls', [null], { type: 'any', nullable: true }],
  ['numbers mixed with texts', [1, 'a'], { type: 'any' }],
  [
    'rows of numbers',
    [
      [1, 2],
      [3, 4],
    ],
    { type: 'tensor', shape: [2] },
  ],
  [
    'matrices',
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    { type: 'tensor', shape: [2, 3] },
  ],
  ['rows of different lengths', [[1, 2], [3]], { type: 'tensor', shape: [-1] }],
  [
    'ragged rows within one record',
    [[[1, 2], [3]]],
    { type: 'array', items: { type: 'tensor', shape: [-1] } },
  ],
  [
    'lists of texts',
    [['a'], ['b', 'a']],
    { type: 'array', items: { type: 'string', categories: ['a', 'b'] } },
  ],
  [
    'a null within a row',
    [[1, null]],
    { type: 'array', items: { type: 'number', integer: true, min: 1, max: 1, nullable: true } },
  ],
  [
    'objects, where a field may be missing',
    [{ a: 1, b: 'x' }, { a: 2 }],
    {
      type: 'object',
      fields: {
        a: { type: 'number', integer: true, min: 1, max: 2 },
        b: { type: 'string', categories: ['x'], nullable: true },
      },
    },
  ],
]
test.each(cases)('%s', (_, values, schema) => {
  expect(inferField(values)).toEqual(schema)
})

test('an allowed field keeps its categories for forms, and takes others', () => {
  expect(inferField([{ job: 'a' }], ['job'])).toEqual({
    type: 'object',
    fields: { job: { type: 'string', categories: ['a'], open: true } },
  })
})
