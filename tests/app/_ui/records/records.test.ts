import { describe, expect, test } from 'vitest'
import { defaultValue } from '../../../../app/_ui/records/defaults'
import { describeFields } from '../../../../app/_ui/records/describe'
import { formatJson } from '../../../../app/_ui/records/format-json'
import { brush, drawable, fromPixels, inkOf, toPixels } from '../../../../app/_ui/records/tensor'
import type { FieldSchema } from '../../../../lib/protocol/schema'

const person: FieldSchema = {
  type: 'object',
  fields: {
    age: { type: 'number', integer: true, min: 17, max: 90 },
    sex: { type: 'string', categories: ['Female', 'Male'], nullable: true },
    city: { type: 'string', categories: ['Ulm'], open: true },
    home: {
      type: 'object',
      fields: { rooms: { type: 'number', min: 1, max: 2.5 }, own: { type: 'boolean' } },
    },
    picture: { type: 'tensor', shape: [-1, 2] },
    pets: { type: 'array', items: { type: 'object', fields: { name: { type: 'string' } } } },
  },
}

test('a schema is described field by field, inner ones by their path', () => {
  expect(describeFields(person)).toEqual([
    { path: 'age', type: 'integer', values: '17 to 90 seen', nullable: false },
    { path: 'sex', type: 'category', values: 'Female, Male', nullable: true },
    { path: 'city', type: 'category', values: 'Ulm; others allowed', nullable: false },
    { path: 'home.rooms', type: 'number', values: '1 to 2.5 seen', nullable: false },
    { path: 'home.own', type: 'true or false', values: '', nullable: false },
    { path: 'picture', type: 'n × 2 numbers', values: '', nullable: false },
    { path: 'pets', type: 'list of object', values: '', nullable: false },
    { path: 'pets[].name', type: 'text', values: '', nullable: false },
  ])
})

test('a form begins with a record that the schema accepts', () => {
  expect(defaultValue(person)).toEqual({
    age: 54,
    sex: null,
    city: 'Ulm',
    home: { rooms: 1.75, own: false },
    picture: [[0, 0]],
    pets: [],
  })
})

test('JSON for people keeps a row of numbers on one line', () => {
  expect(
    formatJson({
      a: [
        [1, 2],
        [3, 4],
      ],
      b: {},
      c: 'x"',
      d: [],
      e: null,
    }),
  ).toBe('{\n  "a": [\n    [1, 2],\n    [3, 4]\n  ],\n  "b": {},\n  "c": "x\\"",\n  "d": [],\n  "e": null\n}')
})

describe('a picture', () => {
  test('is a small square tensor, with or without a channel', () => {
    const shapes = [[28, 28], [28, 28, 1], [28, 28, 3], [28, 27], [4, 4], [128, 128], [784], [-1, 28]]
    expect(shapes.map(drawable)).toEqual([true, true, false, false, false, false, false, false])
  })

  test('comes back from its pixels in its own shape', () => {
    const value = [
      [[0], [255]],
      [[7], [0]],
    ]
    expect(fromPixels(toPixels(value, 2), [2, 2, 1])).toEqual(value)
    expect(fromPixels(toPixels('no picture', 2), [2, 2])).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  test('is inked in its own scale: 255 or 1', () => {
    const blank = toPixels(undefined, 28)
    const peaks = ([1, 255] as const).map((ink) => Math.max(...brush(blank, 14, 14, ink).flat()))
    expect([peaks, inkOf(blank), inkOf([[0, 200]])]).toEqual([[1, 255], 1, 255])
  })
})
