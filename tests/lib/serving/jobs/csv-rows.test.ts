import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { FieldSchema } from '../../../../lib/protocol/schema'
import { csvRows } from '../../../../lib/serving/jobs/rows/csv'

const folder = mkdtempSync(path.join(tmpdir(), 'cellar-csv-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const input: FieldSchema = {
  type: 'object',
  fields: {
    code: { type: 'string' },
    age: { type: 'number', nullable: true },
    member: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
  },
}

async function read(text: string, schema = input) {
  const file = path.join(folder, 'rows.csv')
  writeFileSync(file, text)
  const rows = []
  for await (const piece of csvRows(file, schema)) rows.push(...piece)
  return rows.map((row) => ('record' in row ? row.record : row.problem))
}

test('cells have the types of their fields, whatever the order of the columns, with a byte order mark or without', async () => {
  expect(await read('\ufeffmember,tags,code\ntrue,"[""a""]",001\nFALSE,[],x\n')).toEqual([
    { member: true, tags: ['a'], code: '001' },
    { member: false, tags: [], code: 'x' },
  ])
})

test('an empty cell is null where the field may be', async () => {
  expect(await read('code,age,member,tags\n,,true,[]\n')).toEqual([
    { code: '', age: null, member: true, tags: [] },
  ])
})

test.each([
  [
    'code,years,member,tags\n',
    'the csv has columns that are no fields of this model: years; its fields: code, age, member, tags',
  ],
  ['code,age\n', 'the csv has no column for: member, tags'],
])('%j is refused by its columns', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message)
})

test('a model without named fields takes no csv', async () => {
  await expect(read('x\n1\n', { type: 'tensor', shape: [4] })).rejects.toThrow(
    'csv holds records with named fields; send this input as NDJSON, JSON or Parquet',
  )
})
