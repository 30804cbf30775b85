import { expect, test } from 'vitest'
import { iris, penguins, values, withExplorer } from '../../../support/explore'

const ask = withExplorer()
const measures = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width']
const near = (matrix: (number | null)[][]) =>
  matrix.map((row) => row.map((value) => (value === null ? null : Math.round(value * 1e6) / 1e6)))

test('iris: Pearson’s and Spearman’s coefficients', async () => {
  const pearson = await ask(iris, { kind: 'correlation', columns: measures, method: 'pearson' })
  expect({ ...pearson, matrix: near(pearson.matrix) }).toEqual({
    all: 150,
    rows: 150,
    matrix: [
      [1, -0.11757, 0.871754, 0.817941],
      [-0.11757, 1, -0.42844, -0.366126],
      [0.871754, -0.42844, 1, 0.962865],
      [0.817941, -0.366126, 0.962865, 1],
    ],
    sample: null,
  })
  const spearman = await ask(iris, { kind: 'correlation', columns: measures, method: 'spearman' })
  expect(near(spearman.matrix)).toEqual([
    [1, -0.166778, 0.881898, 0.834289],
    [-0.166778, 1, -0.309635, -0.289032],
    [0.881898, -0.309635, 1, 0.937667],
    [0.834289, -0.289032, 0.937667, 1],
  ])
})

test('a pair is ranked among the rows that have both; a constant column goes with none', async () => {
  const table = values(
    { a: 'number', b: 'number', c: 'integer' },
    '(1::DOUBLE, 10::DOUBLE, 7)',
    '(2, NULL, 7)',
    '(3, 20, 7)',
    `(4, 'NaN', 7)`,
    '(5, 15, 7)',
  )
  const columns = ['a', 'b', 'c']
  expect((await ask(table, { kind: 'correlation', columns, method: 'spearman' })).matrix).toEqual([
    [1, 0.5, null],
    [0.5, 1, null],
    [null, null, null],
  ])
})

test('coefficients of numbers whose squares fit no double', async () => {
  const table = values({ a: 'number', b: 'number' }, '(1e300::DOUBLE, 1::DOUBLE)', '(2e300, 2)', '(3e300, 3)')
  const { matrix } = await ask(table, { kind: 'correlation', columns: ['a', 'b'], method: 'pearson' })
  expect(near(matrix)).toEqual([
    [1, 1],
    [1, 1],
  ])
})

test('iris: boxes of sepal_width by species', async () => {
  const boxes = await ask(iris, { kind: 'boxes', value: 'sepal_width', group: 'species' })
  const three = (a: number, b: number, c: number) => [a, b, c].map((value) => expect.closeTo(value, 12))
  expect(boxes).toEqual({
    all: 150,
    rows: 150,
    left: 0,
    others: null,
    sample: null,
    boxes: [
      {
        group: 'setosa',
        count: 50,
        quartiles: three(3.2, 3.4, 3.675),
        whiskers: [2.9, 4.2],
        outliers: 2,
        drawn: [2.3, 4.4],
      },
      {
        group: 'versicolor',
        count: 50,
        quartiles: three(2.525, 2.8, 3),
        whiskers: [2, 3.4],
        outliers: 0,
        drawn: [],
      },
      {
        group: 'virginica',
        count: 50,
        quartiles: three(2.8, 3, 3.175),
        whiskers: [2.5, 3.6],
        outliers: 3,
        drawn: [2.2, 3.8, 3.8],
      },
    ],
  })
})

test('penguins whose sex is missing are a group of their own, the last', async () => {
  const { boxes, left } = await ask(penguins, { kind: 'boxes', value: 'body_mass_g', group: 'sex' })
  expect([left, boxes.map(({ group, count }) => [group, count])]).toEqual([
    2,
    [
      ['FEMALE', 165],
      ['MALE', 168],
      [null, 9],
    ],
  ])
})

test('a scatter has a dot for each place and colour, with how many rows are there', async () => {
  const range = { kind: 'range', column: 'petal_length', from: 3, to: 3.6, closed: false } as const
  const figure = {
    kind: 'scatter',
    x: 'petal_length',
    y: 'petal_width',
    colour: 'species',
    many: 'bins',
  } as const
  expect(await ask(iris, figure, [range])).toEqual({
    all: 150,
    rows: 5,
    left: 0,
    xAxis: { kind: 'number', min: 3, max: 3.5 },
    yAxis: { kind: 'number', min: 1, max: 1.1 },
    drawn: {
      kind: 'dots',
      x: [3, 3.3, 3.5],
      y: [1.1, 1, 1],
      colour: [1, 1, 1],
      counts: [1, 2, 2],
      scale: { kind: 'categories', values: ['setosa', 'versicolor', 'virginica'], others: false },
      sampleOf: null,
    },
  })
})

test('a scatter of categories has their places in natural order', async () => {
  const { xAxis, yAxis, left } = await ask(penguins, {
    kind: 'scatter',
    x: 'island',
    y: 'sex',
    colour: null,
    many: 'bins',
  })
  expect([xAxis, yAxis, left]).toEqual([
    { kind: 'categories', values: ['Biscoe', 'Dream', 'Torgersen'] },
    { kind: 'categories', values: ['FEMALE', 'MALE'] },
    11,
  ])
})

const many = {
  from: `(SELECT i AS __row, (i % 100)::DOUBLE AS x, (i % 7)::BIGINT AS y FROM range(60000) r(i))`,
  columns: [
    { name: 'x', type: 'number', nullable: false } as const,
    { name: 'y', type: 'integer', nullable: false } as const,
  ],
}

test('above 50,000 rows a scatter is binned, or a sample that is always the same', async () => {
  const figure = { kind: 'scatter', x: 'x', y: 'y', colour: 'y' } as const
  const binned = await ask(many, { ...figure, many: 'bins' })
  if (binned.drawn.kind !== 'bins') throw new Error(binned.drawn.kind)
  expect(binned.drawn.counts.reduce((a, b) => a + b)).toBe(60_000)
  const sample = await ask(many, { ...figure, many: 'sample' })
  if (sample.drawn.kind !== 'dots') throw new Error(sample.drawn.kind)
  expect(sample.drawn.sampleOf).toBe(60_000)
  expect(sample.drawn.x.length).toBeGreaterThan(300)
  expect(sample).toEqual(await ask(many, { ...figure, many: 'sample' }))
})

test('images are shown by label, their values as bytes', async () => {
  const table = {
    from: `(SELECT i AS __row, i % 2 AS label, [i, 0, 0, 3]::DOUBLE[] AS pixels FROM range(4) r(i))`,
    columns: [
      { name: 'label', type: 'integer', nullable: false } as const,
      { name: 'pixels', type: 'numbers', nullable: false, shape: [2, 2] } as const,
    ],
  }
  const { labels, ...rest } = await ask(
    { ...table, columns: table.columns.map((column) => ({ ...column, shape: [2, 2] })) },
    { kind: 'gallery', images: 'pixels', label: 'label' },
  )
  expect(rest).toEqual({ all: 4, rows: 4, shape: [2, 2], min: 0, max: 3 })
  const bytes = labels.map(({ label, count, images }) => [
    label,
    count,
    images.map((image) => [...Buffer.from(image, 'base64')]).sort((a, b) => a[0]! - b[0]!),
  ])
  expect(bytes).toEqual([
    [
      '0',
      2,
      [
        [0, 0, 0, 255],
        [170, 0, 0, 255],
      ],
    ],
    [
      '1',
      2,
      [
        [85, 0, 0, 255],
        [255, 0, 0, 255],
      ],
    ],
  ])
})

test('text has no boxes, numbers are no images: it says which column', async () => {
  await expect(ask(iris, { kind: 'boxes', value: 'species', group: null })).rejects.toThrow(
    'this needs a column of numbers or dates: species',
  )
  await expect(ask(iris, { kind: 'gallery', images: 'petal_width', label: null })).rejects.toThrow(
    'this needs a column of lists of one shape: petal_width',
  )
})
