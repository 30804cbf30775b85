import { expect, test } from 'vitest'
import { iris, penguins, values, withExplorer } from '../../../support/explore'

const ask = withExplorer()

test('iris: sepal_width has 23 values, four of them outliers by 1.5 times the distance of the quartiles', async () => {
  expect(await ask(iris, { kind: 'attribute', column: 'sepal_width' })).toEqual({
    all: 150,
    rows: 150,
    missing: 0,
    nan: 0,
    infinite: 0,
    distinct: 23,
    about: false,
    statistics: {
      min: 2,
      max: 4.4,
      mean: expect.closeTo(3.057333, 6),
      deviation: expect.closeTo(0.435866, 6),
      quartiles: [2.8, 3, 3.3],
      outliers: { below: 1, above: 3, low: expect.closeTo(2.05, 12), high: expect.closeTo(4.05, 12) },
    },
    sample: null,
    drawn: {
      kind: 'histogram',
      edges: [
        2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9, 3, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6, 3.7, 3.8, 3.9, 4,
        4.1, 4.2, 4.3, 4.4,
      ],
      all: [1, 0, 3, 4, 3, 8, 5, 9, 14, 10, 26, 11, 13, 6, 12, 6, 4, 3, 6, 2, 1, 1, 1, 1],
      counts: [1, 0, 3, 4, 3, 8, 5, 9, 14, 10, 26, 11, 13, 6, 12, 6, 4, 3, 6, 2, 1, 1, 1, 1],
    },
  })
})

test('a filter keeps the bars where they are and counts what it leaves', async () => {
  const range = { kind: 'range', column: 'petal_length', from: 3, to: 5, closed: false } as const
  expect(await ask(iris, { kind: 'attribute', column: 'species' }, [range])).toEqual({
    all: 150,
    rows: 54,
    missing: 0,
    nan: 0,
    infinite: 0,
    distinct: 2,
    about: false,
    statistics: null,
    sample: null,
    drawn: {
      kind: 'bars',
      bars: [
        { value: 'setosa', all: 50, count: 0 },
        { value: 'versicolor', all: 50, count: 48 },
        { value: 'virginica', all: 50, count: 6 },
      ],
      others: null,
    },
  })
})

test('each bar of a histogram holds exactly the rows that a filter by its edges leaves', async () => {
  const column = 'petal_length'
  const { drawn } = await ask(iris, { kind: 'attribute', column })
  if (drawn.kind !== 'histogram') throw new Error(drawn.kind)
  const left: number[] = []
  for (const [i, from] of drawn.edges.slice(0, -1).entries()) {
    const to = drawn.edges[i + 1]!
    const closed = i === drawn.all.length - 1
    const answer = await ask(iris, { kind: 'attribute', column }, [
      { kind: 'range', column, from, to, closed },
    ])
    left.push(answer.rows)
  }
  expect(left).toEqual(drawn.all)
})

test('penguins: what is missing is counted, the others are measured', async () => {
  const mass = await ask(penguins, { kind: 'attribute', column: 'body_mass_g' })
  expect({ ...mass, drawn: undefined }).toEqual({
    all: 344,
    rows: 344,
    missing: 2,
    nan: 0,
    infinite: 0,
    distinct: 94,
    about: false,
    statistics: {
      min: 2700,
      max: 6300,
      mean: expect.closeTo(4201.754386, 6),
      deviation: expect.closeTo(801.954536, 6),
      quartiles: [3550, 4050, 4750],
      outliers: { below: 0, above: 0, low: 1750, high: 6550 },
    },
    sample: null,
    drawn: undefined,
  })
  const sex = await ask(penguins, { kind: 'attribute', column: 'sex' }, [{ kind: 'missing', column: 'sex' }])
  expect([sex.rows, sex.missing, sex.drawn]).toEqual([
    11,
    11,
    {
      kind: 'bars',
      bars: [
        { value: 'MALE', all: 168, count: 0 },
        { value: 'FEMALE', all: 165, count: 0 },
      ],
      others: null,
    },
  ])
})

test('NaN and infinities are counted apart, and stand in no bar', async () => {
  const table = values({ x: 'number' }, `('NaN'::DOUBLE)`, '(1)', '(1)', `('inf')`, '(NULL)')
  expect(await ask(table, { kind: 'attribute', column: 'x' })).toEqual({
    all: 5,
    rows: 5,
    missing: 1,
    nan: 1,
    infinite: 1,
    distinct: 1,
    about: false,
    statistics: {
      min: 1,
      max: 1,
      mean: 1,
      deviation: 0,
      quartiles: [1, 1, 1],
      outliers: { below: 0, above: 0, low: 1, high: 1 },
    },
    sample: null,
    drawn: { kind: 'histogram', edges: [0.5, 1.5], all: [2], counts: [2] },
  })
})

test('numbers at the end of what a double holds have a deviation still', async () => {
  const table = values({ x: 'number' }, '(1e308::DOUBLE)', '(-1e308)')
  const { statistics } = await ask(table, { kind: 'attribute', column: 'x' })
  expect([statistics!.mean, statistics!.deviation]).toEqual([0, expect.closeTo(Math.SQRT2 * 1e308, -300)])
})

test('a column without any value has nothing to draw', async () => {
  const table = values({ x: 'number', t: 'text' }, '(NULL::DOUBLE, NULL::VARCHAR)', '(NULL, NULL)')
  const empty = {
    all: 2,
    rows: 2,
    missing: 2,
    nan: 0,
    infinite: 0,
    distinct: 0,
    about: false,
    statistics: null,
    sample: null,
    drawn: { kind: 'nothing' },
  }
  expect(await ask(table, { kind: 'attribute', column: 'x' })).toEqual(empty)
  expect(await ask(table, { kind: 'attribute', column: 't' })).toEqual(empty)
})

test('of many texts the most frequent have bars; texts that never come twice have none', async () => {
  const often = { from: `(SELECT i AS __row, 't' || least(i, 20) AS t FROM range(40) r(i))`, columns: [text] }
  const { drawn, distinct } = await ask(often, { kind: 'attribute', column: 't' })
  expect(distinct).toBe(21)
  if (drawn.kind !== 'bars') throw new Error(drawn.kind)
  expect([drawn.bars.length, drawn.bars[0], drawn.others]).toEqual([
    12,
    { value: 't20', all: 20, count: 20 },
    { values: 9, all: 9, count: 9 },
  ])
  const unique = { from: `(SELECT i AS __row, 'id' || i AS t FROM range(40) r(i))`, columns: [text] }
  expect((await ask(unique, { kind: 'attribute', column: 't' })).drawn).toEqual({ kind: 'nothing' })
})
const text = { name: 't', type: 'text', nullable: false } as const

test('dates have bars of months, booleans of their two values', async () => {
  const table = values(
    { d: 'date', b: 'boolean' },
    `(DATE '2020-01-15', true)`,
    `(DATE '2020-02-01', false)`,
    `(DATE '2021-12-31', true)`,
  )
  const { drawn } = await ask(table, { kind: 'attribute', column: 'd' })
  if (drawn.kind !== 'histogram') throw new Error(drawn.kind)
  expect([new Date(drawn.edges[0]!).toISOString(), new Date(drawn.edges.at(-1)!).toISOString()]).toEqual([
    '2020-01-01T00:00:00.000Z',
    '2022-01-01T00:00:00.000Z',
  ])
  expect(drawn.all).toEqual([1, 1, ...new Array(21).fill(0), 1])
  expect((await ask(table, { kind: 'attribute', column: 'b' })).drawn).toEqual({
    kind: 'bars',
    bars: [
      { value: 'true', all: 2, count: 2 },
      { value: 'false', all: 1, count: 1 },
    ],
    others: null,
  })
})

test('a column that is not there is refused by its name', async () => {
  await expect(ask(iris, { kind: 'attribute', column: 'wings' })).rejects.toThrow(
    'this version has no column of this name: wings',
  )
})

test('names and values of columns are no SQL', async () => {
  const table = {
    from: `(SELECT i AS __row, 'it''s' AS "a""; --" FROM range(2) r(i))`,
    columns: [{ name: 'a"; --', type: 'text', nullable: false } as const],
  }
  const filters = [{ kind: 'values', column: 'a"; --', values: [`it's`, `x') OR (1=1`] }] as const
  const { rows } = await ask(table, { kind: 'attribute', column: 'a"; --' }, [
    { ...filters[0], values: [...filters[0].values] },
  ])
  expect(rows).toBe(2)
})
