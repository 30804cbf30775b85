import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, signUp } from '../../bench/client'
import { type Started, startCellar } from '../support/cellar'
import { newKey, predict, promoteEndpoint } from '../support/endpoint'
import { newPage, type Page } from '../support/page'

/** What an application is told when it asks wrongly: always JSON, always with the field that is at fault. */

let cellar: Started
let person: Person
let stranger: Person
let page: Page
let key: { id: string; token: string }

beforeAll(async () => {
  cellar = await startCellar()
  person = await signUp(cellar.origin)
  stranger = await signUp(cellar.origin)
  page = await newPage(person)
  await promoteEndpoint(page, 'price')
  key = await newKey(person)
})
afterAll(async () => {
  page?.close()
  await cellar?.stop()
})

const good = { size: 2, colour: 'red', note: null }
const ask = (body: unknown, headers: Record<string, string> = { authorization: `Bearer ${key.token}` }) =>
  predict(cellar.origin, 'price', body, headers)

test('a good record is answered with its version', async () => {
  expect(await ask(good)).toEqual({
    status: 200,
    body: { request_id: expect.any(String), version: '1.0.0', predictions: [{ price: 2 }] },
  })
  expect((await ask({ instances: [good, { ...good, colour: 'blue' }] })).body.predictions).toEqual([
    { price: 2 },
    { price: 20 },
  ])
})

describe('a record that does not fit is refused by name', () => {
  const cases: [what: string, body: unknown, error: { code: string; message: string; field?: string }][] = [
    [
      'a missing field',
      { colour: 'red' },
      { code: 'bad_record', field: 'size', message: 'size: missing: expected a number' },
    ],
    [
      'a wrong type',
      { ...good, size: '2' },
      { code: 'bad_record', field: 'size', message: 'size: expected a number, got "2"' },
    ],
    [
      'an unknown category',
      { ...good, colour: 'green' },
      {
        code: 'bad_record',
        field: 'colour',
        message: 'colour: unknown category "green"; known: "blue", "red"',
      },
    ],
    [
      'null where none was seen',
      { ...good, size: null },
      { code: 'bad_record', field: 'size', message: 'size: expected a number, got null' },
    ],
    [
      'an unknown field',
      { ...good, weight: 1 },
      {
        code: 'bad_record',
        field: 'weight',
        message: 'weight: not a field of this model; its fields: size, colour, note',
      },
    ],
    [
      'one of many',
      [good, { ...good, size: true }],
      { code: 'bad_record', field: 'size', message: 'record 1: size: expected a number, got true' },
    ],
    [
      'a bare NaN',
      '{"size": NaN, "colour": "red"}',
      { code: 'bad_json', message: 'the body is not JSON: line 1, column 10: unexpected NaN' },
    ],
    [
      'an infinite number',
      '{"size": 1e999, "colour": "red"}',
      { code: 'bad_record', field: 'size', message: 'size: expected a number, got Infinity' },
    ],
    [
      'broken JSON',
      '{"size": 2,\n "colour": "red"',
      { code: 'bad_json', message: 'the body is not JSON: line 2, column 17: unexpected end' },
    ],
    ['an empty body', '', { code: 'bad_json', message: 'the body is empty; send one record as JSON' }],
    [
      'too many records',
      Array.from({ length: 1001 }, () => good),
      { code: 'bad_record', message: 'too many records: at most 1000 in a request, got 1001' },
    ],
    ['no records', [], { code: 'bad_record', message: 'no records: send at least one' }],
    [
      'a text',
      '"red"',
      { code: 'bad_record', message: 'expected an object with size, colour, note, got "red"' },
    ],
  ]
  test.each(cases)('%s', async (_, body, error) => {
    expect(await ask(body)).toEqual({
      status: 400,
      body: { request_id: expect.any(String), error },
    })
  })
})

test('a form instead of JSON is refused as such', async () => {
  const { status, body } = await ask('size=2', {
    authorization: `Bearer ${key.token}`,
    'content-type': 'application/x-www-form-urlencoded',
  })
  expect([status, body.error]).toEqual([
    415,
    {
      code: 'unsupported_type',
      message: 'the content type must be application/json or text/csv, got application/x-www-form-urlencoded',
    },
  ])
})

describe('who may not ask', () => {
  const unauthorized = {
    code: 'unauthorized',
    message: 'no valid key: send the header Authorization: Bearer cellar_…, with a key from Settings',
  }

  test('nobody without a key, or with a made-up one', async () => {
    for (const headers of [{}, { authorization: `Bearer ${key.token}x` }, { authorization: 'Basic eDp5' }])
      expect(await ask(good, headers as Record<string, string>)).toMatchObject({
        status: 401,
        body: { error: unauthorized },
      })
  })

  test("another workspace's endpoint does not exist", async () => {
    const { token } = await newKey(stranger)
    expect(await ask(good, { authorization: `Bearer ${token}` })).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', message: 'no such endpoint: price' } },
    })
  })

  test('a revoked key is refused soon', async () => {
    const revoked = await newKey(person)
    const headers = { authorization: `Bearer ${revoked.token}` }
    expect((await ask(good, headers)).status).toBe(200)
    await person.request(`/api/tokens/${revoked.id}`, { method: 'DELETE' })
    await expect.poll(async () => (await ask(good, headers)).status).toBe(401)
    expect((await ask(good, headers)).body.error).toEqual(unauthorized)
  })
})

test('with the workers stopped a request is answered 504 after its deadline, and answers come back with them', async () => {
  const { worker } = await cellar.pids()
  process.kill(worker!, 'SIGSTOP')
  try {
    const { status, body } = await ask(good)
    expect([status, body.error]).toEqual([
      504,
      { code: 'timeout', message: expect.stringMatching(/^no worker answered within \d+ s/) },
    ])
  } finally {
    process.kill(worker!, 'SIGCONT')
  }
  await expect.poll(async () => (await ask(good)).status).toBe(200)
})
