import { describe, expect, test } from 'vitest'
import { createRecordReader } from '../../../lib/protocol/records'
import type { FieldSchema } from '../../../lib/protocol/schema'

const person: FieldSchema = {
  type: 'object',
  fields: {
    age: { type: 'number', integer: true, min: 17, max: 90 },
    sex: { type: 'string', categories: ['Female', 'Male'] },
    note: { type: 'string', nullable: true },
    home: { type: 'object', fields: { rooms: { type: 'number' } } },
  },
}
const image: FieldSchema = { type: 'tensor', shape: [2, 3] }
const fits = { age: 37, sex: 'Male', note: 'x', home: { rooms: 3 } }

describe('a record that does not fit is refused by a sentence that names the field', () => {
  const cases: [body: unknown, schema: FieldSchema, field: string, message: string][] = [
    [{ ...fits, age: 'x' }, person, 'age', 'age: expected a number, got "x"'],
    [{ ...fits, age: null }, person, 'age', 'age: expected a number, got null'],
    [{ ...fits, age: Number.POSITIVE_INFINITY }, person, 'age', 'age: expected a number, got Infinity'],
    [{ ...fits, sex: 'X' }, person, 'sex', 'sex: unknown category "X"; known: "Female", "Male"'],
    [{ ...fits, sex: 1 }, person, 'sex', 'sex: expected a string, got 1'],
    [{ sex: 'Male', home: { rooms: 3 } }, person, 'age', 'age: missing: expected a number'],
    [
      { ...fits, ages: 1 },
      person,
      'ages',
      'ages: not a field of this model; its fields: age, sex, note, home',
    ],
    [{ ...fits, home: {} }, person, 'home.rooms', 'home.rooms: missing: expected a number'],
    [{ ...fits, home: [1] }, person, 'home', 'home: expected an object with rooms, got an array of 1'],
    [[fits, { ...fits, age: [] }], person, 'age', 'record 1: age: expected a number, got an array of 0'],
    ['x', person, '', 'expected an object with age, sex, note, home, got "x"'],
    [null, person, '', 'expected an object with age, sex, note, home, got null'],
    [[], person, '', 'no records: send at least one'],
    [{ instances: 5 }, person, 'instances', 'instances: expected an array of records'],
    [[[1, 2, 3]], image, '', 'expected numbers of shape [2, 3], got shape [1, 3]'],
    [
      [
        [1, 2, 3],
        [4, 5],
      ],
      image,
      '[1]',
      '[1]: expected numbers of shape [2, 3], got 2 in a row',
    ],
    [
      [
        [1, 2, 3],
        [4, 5, 'x'],
      ],
      image,
      '[1][2]',
      '[1][2]: expected a number, got "x"',
    ],
    [[[1, 2, 3], 4], image, '[1]', '[1]: expected an array of 3 numbers, got 4'],
    [
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [[1, 2, 3]],
      ],
      image,
      '',
      'record 1: expected numbers of shape [2, 3], got shape [1, 3]',
    ],
    [7, image, '', 'expected numbers of shape [2, 3], got 7'],
    [
      { constructor: 1, ...fits },
      person,
      'constructor',
      'constructor: not a field of this model; its fields: age, sex, note, home',
    ],
  ]
  test.each(cases)('%j', (body, schema, field, message) => {
    expect(createRecordReader(schema)(body)).toEqual({ problem: { field, message } })
  })

  test('a long list of categories is shown in part', () => {
    const categories = Array.from({ length: 30 }, (_, i) => `c${i}`)
    expect(createRecordReader({ type: 'string', categories })('x')).toEqual({
      problem: {
        field: '',
        message:
          'unknown category "x"; known: "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", … (30 in all)',
      },
    })
  })

  test('more records than the limit', () => {
    expect(createRecordReader({ type: 'number' }, 2)([1, 2, 3])).toEqual({
      problem: { field: '', message: 'too many records: at most 2 in a request, got 3' },
    })
  })
})

describe('a body is one record, several, or instances', () => {
  const { note: _, ...without } = fits
  const cases: [body: unknown, schema: FieldSchema, records: unknown[]][] = [
    [fits, person, [fits]],
    [[fits, without], person, [fits, without]],
    [{ instances: [fits] }, person, [fits]],
    [{ ...fits, note: null }, person, [{ ...fits, note: null }]],
    [{ ...fits, age: 37.5 }, person, [{ ...fits, age: 37.5 }]],
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      image,
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    ],
    [
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      image,
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    ],
    [5, { type: 'number' }, [5]],
    [[5, 6], { type: 'number' }, [5, 6]],
    [[1, 2], { type: 'tensor', shape: [-1] }, [[1, 2]]],
    [['a', 'b'], { type: 'array', items: { type: 'string' } }, [['a', 'b']]],
    [[['a'], ['b']], { type: 'array', items: { type: 'string' } }, [['a'], ['b']]],
    [{ instances: 1 }, { type: 'object', fields: { instances: { type: 'number' } } }, [{ instances: 1 }]],
    ['free', { type: 'string', categories: ['x'], open: true }, ['free']],
    [[1, 'x'], { type: 'any' }, [1, 'x']],
  ]
  test.each(cases)('%j', (body, schema, records) => {
    expect(createRecordReader(schema)(body)).toEqual({ records })
  })
})
