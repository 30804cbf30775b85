import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kmeans } from '../../../../kernel/train/algorithms/kmeans'
import { linearRegression } from '../../../../kernel/train/algorithms/linear-regression'
import {
  type LargeTask,
  prepareLargeClusters,
  prepareLargeTarget,
} from '../../../../kernel/train/large/prepare-large'
import { trainLarge } from '../../../../kernel/train/large/train-large'
import { prepareClusters } from '../../../../kernel/train/prepare'
import { noProgress } from '../../../../kernel/train/progress'
import { readData } from '../../../../kernel/train/read-data'
import type { RowSource } from '../../../../kernel/train/spark/job'
import type { DatasetColumn } from '../../../../lib/protocol/dataset'
import { parametersSchema } from '../../../../lib/training/algorithms'

let folder: string
let file: string
const rows = 20_000
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-large-'))
  file = path.join(folder, 'rows.parquet')
  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  await duck.run(`COPY (
    SELECT i AS __row, i % 3 * 100 + i % 7 AS x, CASE WHEN i % 11 > 0 THEN sin(i) END AS y,
      CASE WHEN i % 13 > 0 THEN 'place ' || (i % 4) END AS place, DATE '2020-01-01' + (i % 400)::INTEGER AS day,
      [i % 5, i % 2]::FLOAT[] AS pair, CASE WHEN i % 10 > 0 THEN 3.0 * (i % 3 * 100 + i % 7) + 1 END AS price
    FROM range(${rows}) t(i)
  ) TO '${file}' (FORMAT parquet)`)
  duck.closeSync()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const columns: DatasetColumn[] = [
  { name: 'x', type: 'integer', nullable: false },
  { name: 'y', type: 'number', nullable: true },
  { name: 'place', type: 'text', nullable: true },
  { name: 'day', type: 'date', nullable: false },
  { name: 'pair', type: 'numbers', nullable: false, shape: [2] },
]
const price: DatasetColumn = { name: 'price', type: 'number', nullable: true }

const partBytes = 2 ** 17
const taskOf = (algorithm: LargeTask['algorithm'], given: object, target = false): LargeTask => ({
  file,
  rows,
  columns: target ? [...columns, price] : columns,
  algorithm,
  parameters: parametersSchema(algorithm).parse(given),
  target: target ? 'price' : null,
  partBytes,
})

async function gather({ width, parts }: RowSource) {
  const values: number[] = []
  const targets: number[] = []
  let largest = 0
  let count = 0
  for await (const part of parts()) {
    values.push(...part.values)
    targets.push(...(part.target ?? []))
    largest = Math.max(largest, part.values.byteLength)
    count++
  }
  return { values, targets, largest, count, matrix: matrixOf(values, width) }
}
const matrixOf = (values: number[], width: number) => ({
  rows: values.length / width,
  width,
  values: Float64Array.from(values),
  names: Array.from({ length: width }, (_, i) => `c${i}`),
})

test('rows that come part by part are the numbers that they are in memory', async () => {
  const task = taskOf('kmeans', { k: 3, standardize: true })
  const whole = prepareClusters({ ...task, data: await readData(file, rows, columns) })
  const { source, prepared } = await prepareLargeClusters(task)
  const { values, largest, count } = await gather(source)
  expect({ rows: source.rows, width: source.width }).toEqual({ rows, width: whole.matrix.width })
  expect(values.length).toBe(whole.matrix.values.length)
  const farthest = values.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - whole.matrix.values[i]!)),
    0,
  )
  expect(farthest).toBeLessThan(1e-9)
  expect(prepared.fit.features).toEqual(whole.fit.features)
  expect(prepared.facts).toEqual(whole.facts)
  expect(count).toBeGreaterThan(10)
  expect(largest).toBeLessThanOrEqual(partBytes)
})

test('each row with a target is learned from or tested with, by its lot, the same in each pass', async () => {
  const { source, prepared } = await prepareLargeTarget(
    taskOf('linear_regression', { test_share: 0.25 }, true),
  )
  const [once, again] = [await gather(source), await gather(source)]
  const { train, test } = prepared.counts
  expect(again.values).toEqual(once.values)
  expect([train + test, once.targets.length]).toEqual([18_000, train])
  expect(test / 18_000).toBeCloseTo(0.25, 1)
  expect(prepared.tested.matrix.rows).toBe(test)
  expect(prepared.notes).toEqual(['2000 rows are left out: they have no price'])
})

test('a model of rows that come part by part is measured and described as any other', async () => {
  const regression = await trainLarge(
    taskOf('linear_regression', { test_share: 0.2 }, true),
    noProgress,
    (source) => ({
      async predictor(_, __, parameters, progress) {
        const { matrix, targets } = await gather(source)
        const target = { type: 'number', values: Float64Array.from(targets) } as const
        return linearRegression(matrix, target, parameters as never, progress)
      },
      clusters: kmeans,
    }),
  )
  expect(regression.result.metrics.find(({ name }) => name === 'R²')!.value).toBeCloseTo(1, 6)
  expect(regression.schema.input).toMatchObject({ fields: { x: { type: 'number', min: 0, max: 206 } } })

  const clusters = await trainLarge(taskOf('kmeans', { k: 3, elbow_to: 0 }), noProgress, (source) => ({
    predictor: () => Promise.reject(new Error('clusters have no target')),
    clusters: async (_, parameters, progress) => kmeans((await gather(source)).matrix, parameters, progress),
  }))
  expect(clusters.result.rows).toEqual({ total: rows, train: rows, test: 0 })
  expect(clusters.result.clusters!.sizes.reduce((sum, size) => sum + size, 0)).toBe(rows)
})
