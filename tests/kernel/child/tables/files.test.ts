import { writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import * as aq from 'arquero'
import { expect, test } from 'vitest'
import { createTableFiles } from '../../../../kernel/child/tables/files'
import { createShownTables } from '../../../../kernel/child/tables/shown-tables'
import { tableOf } from '../../../../kernel/child/tables/table-of'
import { allRows } from '../../../../lib/protocol/all-rows'
import type { TableFormat, TableQuery } from '../../../../lib/protocol/tables'

/** A table's file as it is downloaded, and how many parts it came in. */
async function download(source: object, format: TableFormat, query: TableQuery = allRows) {
  const tables = createShownTables()
  const table = tables.add(source, tableOf(source)!, 'a')
  const files = createTableFiles(tables)
  const { file } = await files.open({ table, query, format })
  const parts: Buffer[] = []
  for (;;) {
    const { base64, done } = await files.read(file)
    parts.push(Buffer.from(base64, 'base64'))
    if (done) return { bytes: Buffer.concat(parts), parts: parts.length }
  }
}

/** What DuckDB reads in a Parquet file. */
async function readWithDuckDb(bytes: Buffer, sql: string) {
  const file = path.join(os.tmpdir(), `table-${process.pid}-${performance.now()}.parquet`)
  await writeFile(file, bytes)
  const connection = await (await DuckDBInstance.create()).connect()
  const reader = await connection.runAndReadAll(sql.replaceAll('FILE', `'${file}'`))
  return reader.getRowsJson()
}

const mixed = aq.table({
  n: Int32Array.of(1, -2, 3),
  x: [0.1, null, Number.NaN],
  big: [2n ** 62n, null, -5n],
  text: ['a "quoted", one', '', null],
  'one,two': ['line\nbreak', 'ü日本', ' spaces '],
  flag: [true, false, null],
  at: [new Date('2024-02-29T12:30:00.123Z'), null, new Date(0)],
  list: [[1, 2], { a: 'b' }, null],
})

test('CSV holds every value whole: quoted where it must be, missing apart from empty, lists as JSON', async () => {
  const { bytes } = await download(mixed, 'csv')
  expect(bytes.toString()).toBe(
    [
      'n,x,big,text,"one,two",flag,at,list',
      '1,0.1,4611686018427387904,"a ""quoted"", one","line\nbreak",true,2024-02-29T12:30:00.123Z,"[1,2]"',
      '-2,,,"",ü日本,false,,"{""a"":""b""}"',
      '3,NaN,-5,," spaces ",,1970-01-01T00:00:00.000Z,',
      '',
    ].join('\r\n'),
  )
})

test('a file holds the rows that the query leaves, in its order', async () => {
  const query: TableQuery = {
    sort: [{ column: 0, descending: true }],
    filters: [{ op: 'range', column: 0, min: 0 }],
    search: '',
  }
  const { bytes } = await download(aq.table({ n: [1, -2, 3] }), 'csv', query)
  expect(bytes.toString()).toBe('n\r\n3\r\n1\r\n')
})

test('Parquet is read by DuckDB with the same types and values', async () => {
  const { bytes } = await download(mixed, 'parquet')
  expect(
    await readWithDuckDb(bytes, 'SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM FILE)'),
  ).toEqual([
    ['n', 'INTEGER'],
    ['x', 'DOUBLE'],
    ['big', 'BIGINT'],
    ['text', 'VARCHAR'],
    ['one,two', 'VARCHAR'],
    ['flag', 'BOOLEAN'],
    ['at', 'TIMESTAMP'],
    ['list', 'VARCHAR'],
  ])
  expect(await readWithDuckDb(bytes, 'SELECT * REPLACE (epoch_ms("at") AS "at") FROM FILE')).toEqual([
    [1, 0.1, '4611686018427387904', 'a "quoted", one', 'line\nbreak', true, '1709209800123', '[1,2]'],
    [-2, null, null, '', 'ü日本', false, null, '{"a":"b"}'],
    [3, 'NaN', '-5', null, ' spaces ', null, '0', null],
  ])
})

test('a large table comes in several parts and row groups, none of them lost', async () => {
  const length = 300_000
  const table = aq.table({
    n: Float64Array.from({ length }, (_, i) => i * 1.1),
    text: Array.from({ length }, (_, i) => `row ${i}`),
  })
  const { bytes, parts } = await download(table, 'parquet')
  expect(parts).toBeGreaterThan(2)
  expect(await readWithDuckDb(bytes, 'SELECT count(*), count(DISTINCT text), max(n) FROM FILE')).toEqual([
    [String(length), String(length), 299_999 * 1.1],
  ])
})

test('a column whose later values are of another kind is named, with what to do', async () => {
  const values: unknown[] = Array.from({ length: 1500 }, (_, i) => i)
  values[1200] = 'twelve'
  await expect(download(aq.table({ n: values }), 'parquet')).rejects.toThrow(
    'not a number in row 1201 of n, so Parquet cannot hold it; download CSV, or convert the column: twelve',
  )
})

test('columns of one name have names of their own in Parquet', async () => {
  const columns = ['a', 'a'].map((name) => ({ ...tableOf(aq.table({ [name]: [1] }))!.columns[0]! }))
  const source = { [Symbol.for('cellar.columnTable')]: () => ({ columns, length: 1 }) }
  const { bytes } = await download(source, 'parquet')
  expect(await readWithDuckDb(bytes, 'SELECT a, a_2 FROM FILE')).toEqual([[1, 1]])
})
