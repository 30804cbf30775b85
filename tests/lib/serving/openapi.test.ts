import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { FieldSchema } from '../../../lib/protocol/schema'
import { clientModule, typeText } from '../../../lib/serving/client-type'
import { answerSchema, jsonSchema } from '../../../lib/serving/openapi'

const record: FieldSchema = {
  type: 'object',
  fields: {
    age: { type: 'number', integer: true, min: 17, max: 90 },
    'marital-status': { type: 'string', categories: ['Married', 'Single'] },
    city: { type: 'string', categories: ['Bern'], open: true, nullable: true },
    smokes: { type: 'boolean', nullable: true },
    image: { type: 'tensor', shape: [28, -1] },
    tags: { type: 'array', items: { type: 'string', categories: ['a', 'b'] } },
    more: { type: 'any' },
  },
}

test('a record as JSON Schema: what is refused is refused, what was only seen is told', () => {
  expect(jsonSchema(record)).toEqual({
    type: 'object',
    properties: {
      age: { type: 'number', description: 'from 17 to 90 in the data it was made with' },
      'marital-status': { type: 'string', enum: ['Married', 'Single'] },
      city: { type: ['string', 'null'], examples: ['Bern'] },
      smokes: { type: ['boolean', 'null'] },
      image: {
        type: 'array',
        minItems: 28,
        maxItems: 28,
        items: { type: 'array', items: { type: 'number' } },
      },
      tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
      more: {},
    },
    required: ['age', 'marital-status', 'image', 'tags', 'more'],
    additionalProperties: false,
  })
})

test('an answer as JSON Schema: what was seen is told and binds nobody', () => {
  expect(
    answerSchema({
      type: 'object',
      fields: {
        score: { type: 'number' },
        label: { type: 'string', categories: ['no', 'yes'] },
        weights: { type: 'tensor', shape: [2, 3] },
      },
    }),
  ).toEqual({
    type: 'object',
    properties: {
      score: { type: ['number', 'null'] },
      label: { type: 'string', examples: ['no', 'yes'] },
      weights: { type: 'array', items: { type: 'array', items: { type: ['number', 'null'] } } },
    },
  })
})

test('a record as a TypeScript type', () => {
  expect(typeText(record)).toBe(`{
  age: number
  "marital-status": "Married" | "Single"
  city?: string | null
  smokes?: boolean | null
  image: number[][]
  tags: ("a" | "b")[]
  more: unknown
}`)
})

test('the client’s module runs, asks with the key, and throws what the endpoint says', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'cellar-client-')), 'client.ts')
  const schema = { input: record, output: { type: 'number' } as const }
  writeFileSync(file, clientModule('income', 'http://127.0.0.1:1/predict', { version: '1.0.0', schema }))
  const { predict } = (await import(file)) as { predict: (...args: unknown[]) => Promise<unknown> }
  const asked: unknown[] = []
  const before = globalThis.fetch
  try {
    globalThis.fetch = async (url, init) => {
      asked.push(url, init?.headers, init?.body)
      const error = { code: 'bad_record', message: 'age: expected a number', field: 'age' }
      return asked.length > 3
        ? Response.json({ error }, { status: 400 })
        : Response.json({ predictions: [1] })
    }
    expect(await predict([{ age: 1 }], 'cellar_k')).toEqual([1])
    expect(asked).toEqual([
      'http://127.0.0.1:1/predict',
      { authorization: 'Bearer cellar_k', 'content-type': 'application/json' },
      '{"instances":[{"age":1}]}',
    ])
    await expect(predict([{}], 'k')).rejects.toMatchObject({
      status: 400,
      code: 'bad_record',
      message: 'age: expected a number',
      field: 'age',
    })
  } finally {
    globalThis.fetch = before
  }
})
