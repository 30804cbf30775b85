import { expect, test } from 'vitest'
import { reference, referenceOf, sideOf, watchedFields } from '../../../lib/protocol/reference'
import type { FieldSchema } from '../../../lib/protocol/schema'

const schema: FieldSchema = {
  type: 'object',
  fields: {
    age: { type: 'number', nullable: true },
    job: { type: 'string', categories: ['Craft', 'Sales'] },
    note: { type: 'string' },
    member: { type: 'boolean' },
    home: { type: 'object', fields: { rooms: { type: 'number' } } },
    scores: { type: 'tensor', shape: [2] },
    picture: { type: 'tensor', shape: [28, 28] },
    tags: { type: 'array', items: { type: 'string' } },
    rest: { type: 'any' },
  },
}

test('watched are numbers, categories, lengths of texts, elements of short lists and means of large ones', () => {
  const record = {
    age: 3,
    job: 'Sales',
    note: 'four',
    member: true,
    home: { rooms: 2 },
    scores: [0.5, 1],
    picture: [
      [1, 3],
      [5, 7],
    ],
  }
  expect(watchedFields(schema).map(({ path, kind, read }) => [path, kind, read(record), read({})])).toEqual([
    ['age', 'number', 3, null],
    ['job', 'category', 'Sales', null],
    ['note, length', 'number', 4, null],
    ['member', 'category', 'true', null],
    ['home.rooms', 'number', 2, null],
    ['scores[0]', 'number', 0.5, null],
    ['scores[1]', 'number', 1, null],
    ['picture, mean', 'number', 4, null],
  ])
})

test('a reference holds values in order, counts, and the share that is missing', () => {
  const of: FieldSchema = {
    type: 'object',
    fields: { age: { type: 'number' }, job: { type: 'string', categories: [] } },
  }
  const records = [{ age: 3, job: 'b' }, { age: 1, job: 'a' }, { age: null, job: 'b' }, { age: 2 }]
  expect(sideOf(of, records)).toEqual({
    records: 4,
    fields: {
      age: { kind: 'number', values: [1, 2, 3], missing: 0.25 },
      job: { kind: 'category', counts: { b: 2, a: 1 }, other: 0, missing: 0.25 },
    },
  })
})

test('a reference is bounded: 1,000 values with the quantiles of all, 200 categories, 200 fields', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => 9_999 - i)
  const side = sideOf({ type: 'number' }, values)
  const field = side.fields['(record)']
  expect(field).toMatchObject({ kind: 'number', missing: 0 })
  if (field?.kind !== 'number') throw new Error('no numbers')
  expect([field.values.length, field.values[0], field.values[500], field.values[999]]).toEqual([
    1000, 5, 5005, 9995,
  ])

  const names = sideOf(
    { type: 'string', categories: [] },
    Array.from({ length: 300 }, (_, i) => `n${i}`),
  )
  const counted = names.fields['(record)']
  if (counted?.kind !== 'category') throw new Error('no categories')
  expect([Object.keys(counted.counts).length, counted.other]).toEqual([200, 100])

  const wide: FieldSchema = {
    type: 'object',
    fields: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, { type: 'number' as const }])),
  }
  expect(watchedFields(wide).length).toBe(200)
})

test('what a version sends is a reference', () => {
  const made = referenceOf({ input: schema, output: { type: 'number' } }, [{ age: 1 }], [2])
  expect(reference.parse(JSON.parse(JSON.stringify(made)))).toEqual(made)
})
