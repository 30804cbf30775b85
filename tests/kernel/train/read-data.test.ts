import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readData } from '../../../kernel/train/read-data'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-read-data-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('every type of column is read as numbers, categories or a list, with what is missing', async () => {
  const file = path.join(folder, "it's all.parquet")
  const instance = await DuckDBInstance.create(':memory:')
  const duck = await instance.connect()
  await duck.run(`COPY (
    SELECT * FROM (VALUES
      (0, 1.5, 7::BIGINT, true, 'b', DATE '1970-01-02', TIMESTAMP '1970-01-01 00:00:01.5', [1.0, 2.0]),
      (1, NULL, NULL, NULL, NULL, NULL, NULL, [3.0, 4.0]),
      (2, 'nan'::DOUBLE, -3, false, 'a', DATE '1969-12-31', TIMESTAMP '2000-01-01', [5.0, 6.0]),
      (3, 'inf'::DOUBLE, 9007199254740991, true, 'b', DATE '2026-11-21', TIMESTAMP '1970-01-01', [7.0, 8.0])
    ) t(__row, "x ""y""", i, b, t, d, m, p)
  ) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`)
  duck.closeSync()
  const { rows, columns } = await readData(file, 4, [
    { name: 'x "y"', type: 'number', nullable: true },
    { name: 'i', type: 'integer', nullable: true },
    { name: 'p', type: 'numbers', nullable: false, shape: [2] },
    { name: 'b', type: 'boolean', nullable: true },
    { name: 't', type: 'text', nullable: true },
    { name: 'd', type: 'date', nullable: true },
    { name: 'm', type: 'datetime', nullable: true },
  ])
  const [none, day] = [Number.NaN, 86_400_000]
  expect(rows).toBe(4)
  expect(columns).toEqual([
    { name: 'x "y"', type: 'number', values: Float64Array.of(1.5, none, none, none) },
    { name: 'i', type: 'integer', values: Float64Array.of(7, none, -3, 9007199254740991) },
    { name: 'p', type: 'numbers', shape: [2], values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    { name: 'b', type: 'boolean', values: Float64Array.of(1, none, 0, 1) },
    { name: 't', type: 'text', categories: ['b', 'a'], codes: Int32Array.of(0, -1, 1, 0) },
    { name: 'd', type: 'date', values: Float64Array.of(day, none, -day, Date.UTC(2026, 10, 21)) },
    { name: 'm', type: 'datetime', values: Float64Array.of(1500, none, Date.UTC(2000, 0, 1), 0) },
  ])
})

test('a list that lacks numbers is said', async () => {
  const file = path.join(folder, 'short.parquet')
  const instance = await DuckDBInstance.create(':memory:')
  const duck = await instance.connect()
  await duck.run(`COPY (SELECT unnest([0, 1]) AS __row, [1.0, 2.0] AS p) TO '${file}' (FORMAT parquet)`)
  duck.closeSync()
  await expect(
    readData(file, 2, [{ name: 'p', type: 'numbers', nullable: false, shape: [3] }]),
  ).rejects.toThrow('p: rows lack numbers, expected 6 in all, got 4')
})
