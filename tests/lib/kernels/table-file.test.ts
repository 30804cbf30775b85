import { afterEach, expect, test } from 'vitest'
import { openTableFile, provideTables, readTableRequest } from '../../../lib/kernels/table-file'
import { allRows } from '../../../lib/protocol/all-rows'
import { Refused } from '../../../lib/refused'

const of = { notebookId: 'n', userId: 'u' }
const request = { table: 't', format: 'csv' as const, query: allRows }
afterEach(() => provideTables(undefined as never))

/** A kernel that gives these parts, the last of them as the end. */
function answerWith(parts: string[]) {
  const asked: string[] = []
  provideTables((async (_: unknown, method: string) => {
    asked.push(method)
    if (method === 'table.file') return { file: 'f', columns: [], query: false }
    const part = parts.shift()!
    return { base64: Buffer.from(part).toString('base64'), done: parts.length === 0 }
  }) as never)
  return asked
}

test('a file is what its parts are, and a part is asked for when the one before was taken', async () => {
  const asked = answerWith(['a,b\r\n', '1,2\r\n', ''])
  const { bytes } = await openTableFile(of, request)
  expect(asked).toEqual(['table.file', 'table.part'])
  expect(await new Response(bytes).text()).toBe('a,b\r\n1,2\r\n')
  expect(asked.length).toBe(4)
})

test('what cannot begin is refused, and is no file', async () => {
  provideTables((async () => {
    throw new Refused(409, 'no_kernel', 'no kernel runs; run a cell to start one')
  }) as never)
  await expect(openTableFile(of, request)).rejects.toMatchObject({ status: 409, code: 'no_kernel' })
})

test.each<[string, Record<string, string>, string]>([
  ['no format', {}, 'the format is csv or parquet, not: undefined'],
  ['another format', { format: 'xlsx' }, 'the format is csv or parquet, not: xlsx'],
  ['a query that is not JSON', { format: 'csv', query: '{' }, 'the query is not one of a table'],
  ['a query of another shape', { format: 'csv', query: '{"sort":1}' }, 'the query is not one of a table'],
])('an address with %s is refused', (_, asked, message) => {
  expect(() => readTableRequest('t', asked)).toThrow(message)
})

test('an address without a query asks for all rows', () => {
  expect(readTableRequest('t', { format: 'parquet' })).toEqual({
    table: 't',
    format: 'parquet',
    query: allRows,
  })
})
