import { expect, test } from 'vitest'
import { cellsOf, type Shown } from '../../../../lib/datasets/explore/cells'
import type { ColumnType, DatasetColumn } from '../../../../lib/protocol/dataset'

const columns = (types: Record<string, ColumnType>): DatasetColumn[] =>
  Object.entries(types).map(([name, type]) => ({ name, type, nullable: false }))
const iris: Pick<Shown, 'dataset' | 'version' | 'rows' | 'columns'> = {
  dataset: 'iris',
  version: 1,
  rows: 150,
  columns: columns({ petal_length: 'number', petal_width: 'number', species: 'text' }),
}

test('the cells of a scatter read the version, filter and draw', () => {
  expect(
    cellsOf({
      ...iris,
      figure: { kind: 'scatter', x: 'petal_length', y: 'petal_width', colour: 'species', many: 'bins' },
      filters: [{ kind: 'values', column: 'species', values: ['setosa', null] }],
    }),
  ).toEqual([
    {
      kind: 'markdown',
      source:
        '## petal\\_width by petal\\_length, coloured by species\n\nOf version 1 of the data set iris, where species is setosa or missing.',
    },
    {
      kind: 'code',
      source: `import * as Plot from '@observablehq/plot'
import { dataset } from 'cellar'

const iris = await dataset('iris', { version: 1 })
type Row = { petal_length: number | null; petal_width: number | null; species: string | null }
const all = iris.select('petal_length', 'petal_width', 'species').objects() as Row[]
const rows = all.filter((row) => (row.species === 'setosa' || row.species == null))

Plot.plot({
  grid: true,
  x: { label: 'petal_length', nice: true },
  y: { label: 'petal_width', nice: true },
  color: { legend: true, type: 'categorical', scheme: 'observable10' },
  marks: [Plot.dot(rows, { x: 'petal_length', y: 'petal_width', fill: 'species', r: 3.5, fillOpacity: 0.8 })],
})`,
    },
  ])
})

test('a histogram has the page’s bars, a filter of dates is in UTC, names are no code', () => {
  const [, code] = cellsOf({
    dataset: '2020-sales',
    version: 4,
    rows: 10_000_000,
    columns: columns({ "it's": 'integer', day: 'date' }),
    figure: { kind: 'attribute', column: "it's" },
    filters: [
      { kind: 'range', column: 'day', from: Date.UTC(2020, 0, 1), to: Date.UTC(2020, 1, 15), closed: false },
    ],
    edges: { x: [0, 50, 100] },
  })
  expect(code!.source).toBe(`import * as Plot from '@observablehq/plot'
import { dataset } from 'cellar'

const _2020Sales = await dataset('2020-sales', { version: 4 })
type Row = { 'it\\'s': number | null; day: Date | null }
// A sample: objects of all rows would fill the kernel's memory.
const all = _2020Sales.select('it\\'s', 'day').sample(200000).objects() as Row[]
const rows = all.filter((row) => row.day != null && Number(row.day) >= Date.UTC(2020, 0) && Number(row.day) < Date.UTC(2020, 1, 15))

Plot.plot({
  x: { label: 'it\\'s' },
  y: { grid: true, label: 'rows' },
  marks: [
    Plot.rectY(rows, Plot.binX({ y: 'count' }, { x: 'it\\'s', thresholds: [0, 50, 100], fill: '#8c3b5a' })),
    Plot.ruleY([0]),
  ],
})`)
})
