import { afterAll, beforeAll, expect, test } from 'vitest'
import { cellsOf } from '../../../lib/datasets/explore/cells'
import type { Filter } from '../../../lib/datasets/explore/filter'
import type { Figure } from '../../../lib/datasets/explore/question'
import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { startKernel, type TestKernel } from '../../support/kernel'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
})
afterAll(() => kernel.close())

const number = (name: string): DatasetColumn => ({ name, type: 'number', nullable: false })
const measures = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width']
const columns: DatasetColumn[] = [...measures.map(number), { name: 'species', type: 'text', nullable: false }]
const scatter = {
  kind: 'scatter',
  x: 'petal_length',
  y: 'petal_width',
  colour: 'species',
  many: 'bins',
} as const
const filters: Filter[] = [
  { kind: 'values', column: 'species', values: ['setosa', 'virginica'] },
  { kind: 'range', column: 'petal_length', from: 1, to: 6, closed: true },
]

test.each<[string, Figure, { x: number[]; y?: number[] }?]>([
  ['histogram', { kind: 'attribute', column: 'petal_length' }, { x: [1, 3, 5, 7] }],
  ['bar chart', { kind: 'attribute', column: 'species' }],
  ['scatter', scatter],
  ['scatter coloured by a number', { ...scatter, colour: 'sepal_width' }],
  ['scatter of a category', { ...scatter, y: 'species' }],
  ['binned scatter', scatter, { x: [1, 3, 5, 7], y: [0, 1, 2, 3] }],
  ['correlation', { kind: 'correlation', columns: measures, method: 'pearson' }],
  ['correlation of ranks', { kind: 'correlation', columns: measures, method: 'spearman' }],
  ['box plot', { kind: 'boxes', value: 'sepal_width', group: 'species' }],
  ['box plot of all', { kind: 'boxes', value: 'sepal_width', group: null }],
])('the cells of a figure draw it in a kernel: %s', async (_, figure, edges) => {
  const [, code] = cellsOf({ dataset: 'iris', version: 1, rows: 150, columns, figure, filters, edges })
  // The data set's file stands for it: there is no web to ask for versions here.
  const source = code!.source.replace(`dataset('iris', { version: 1 })`, `dataset('iris.csv')`)
  const { state, error, result } = await kernel.run(source)
  expect([state, error, 'image/svg+xml' in (result?.data ?? {})]).toEqual(['done', undefined, true])
})

test('the cells of images draw them as one raster', async () => {
  const pixels: DatasetColumn = { name: 'pixels', type: 'numbers', nullable: false, shape: [2, 2] }
  const [, code] = cellsOf({
    dataset: 'mnist',
    version: 1,
    rows: 4,
    columns: [{ name: 'label', type: 'integer', nullable: false }, pixels],
    figure: { kind: 'gallery', images: 'pixels', label: 'label' },
    filters: [],
  })
  const table = `(await import('arquero')).table({ label: [0, 1, 0, 1], pixels: [[0, 1, 2, 3], [3, 2, 1, 0], [0, 0, 1, 1], [1, 1, 0, 0]] })`
  const source = code!.source.replace(`await dataset('mnist', { version: 1 })`, table)
  const { state, error, result } = await kernel.run(source)
  expect([state, error]).toEqual(['done', undefined])
  expect(String(result?.data['image/svg+xml'])).toContain('data:image/png')
})
