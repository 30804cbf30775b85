import * as aq from 'arquero'
import { expect, test } from 'vitest'
import { createLiveTable } from '../../../../kernel/child/tables/live-table'
import { tableOf } from '../../../../kernel/child/tables/table-of'
import { allRows } from '../../../../lib/protocol/all-rows'
import type { TableQuery } from '../../../../lib/protocol/tables'

const people = [
  { name: 'Zoë', age: 41, born: new Date('1984-02-29T00:00:00Z'), member: true },
  { name: 'ada', age: null, born: null, member: false },
  { name: 'Bob', age: 7, born: new Date('2018-05-01T12:30:00Z'), member: null },
  { name: null, age: Number.NaN, born: new Date('1999-12-31T00:00:00Z'), member: true },
  { name: 'Ada Lovelace', age: 41, born: new Date('1815-12-10T00:00:00Z'), member: false },
  { name: '', age: -3.5, born: new Date('1984-02-28T00:00:00Z'), member: true },
]
const ascending = (...columns: number[]) => columns.map((column) => ({ column, descending: false }))
const descending = (...columns: number[]) => columns.map((column) => ({ column, descending: true }))

/** The places of the rows that a query leaves. */
async function places(values: object, query: Partial<TableQuery>, columns = [0]) {
  const live = createLiveTable(tableOf(values)!)
  const asked = { query: { ...allRows, ...query }, columns, from: 0, size: 100, counted: true }
  return (await live.page(asked)).places
}

test.each<[string, Partial<TableQuery>, number[]]>([
  ['nothing asked: as it stands', {}, [0, 1, 2, 3, 4, 5]],
  ['by numbers, NaN and missing ones last', { sort: ascending(1) }, [5, 2, 0, 4, 3, 1]],
  ['by numbers downwards, equal ones as they stood', { sort: descending(1) }, [0, 4, 2, 5, 3, 1]],
  ['by text, in the order of `<`, missing ones last', { sort: ascending(0) }, [5, 4, 2, 0, 1, 3]],
  ['by text downwards', { sort: descending(0) }, [1, 0, 2, 4, 5, 3]],
  ['by dates', { sort: ascending(2) }, [4, 5, 0, 3, 2, 1]],
  ['by truth', { sort: ascending(3) }, [1, 4, 0, 3, 5, 2]],
  ['by truth, then by age downwards', { sort: [...ascending(3), ...descending(1)] }, [4, 1, 0, 5, 3, 2]],
  ['a range', { filters: [{ op: 'range', column: 1, min: 7, max: 41 }] }, [0, 2, 4]],
  ['a range of dates', { filters: [{ op: 'range', column: 2, max: 0 }] }, [4]],
  ['what contains a text', { filters: [{ op: 'contains', column: 0, text: 'ADA' }] }, [1, 4]],
  ['one of some texts, or missing', { filters: [{ op: 'in', column: 0, values: ['Bob', null] }] }, [2, 3]],
  ['one of some numbers as shown', { filters: [{ op: 'in', column: 1, values: [41, 'NaN'] }] }, [0, 3, 4]],
  ['true ones', { filters: [{ op: 'in', column: 3, values: [true] }] }, [0, 3, 5]],
  ['missing ones', { filters: [{ op: 'null', column: 3, not: false }] }, [2]],
  ['present ones', { filters: [{ op: 'null', column: 0, not: true }] }, [0, 1, 2, 4, 5]],
  ['a search finds text, small and capital', { search: 'ZOË' }, [0]],
  ['a search finds digits of numbers and parts of dates', { search: '-3.5' }, [5]],
  ['a search finds a day', { search: '1984-02' }, [0, 5]],
  ['a search finds a year', { search: '1984' }, [0, 5]],
  ['a search finds a time of day', { search: '12:30' }, [2]],
  ['a search finds true', { search: 'true' }, [0, 3, 5]],
  ['a search is no pattern', { search: '.*' }, []],
  [
    'all together',
    {
      search: 'true',
      filters: [
        { op: 'range', column: 2, max: 1e12 },
        { op: 'null', column: 0, not: true },
      ],
      sort: descending(2),
    },
    [0, 5],
  ],
])('%s', async (_, query, expected) => {
  expect(await places(people, query)).toEqual(expected)
})

test('a page has the asked columns of the asked rows, as JSON, with their places', async () => {
  const live = createLiveTable(tableOf(people)!)
  expect(
    await live.page({
      query: { ...allRows, sort: ascending(1) },
      columns: [2, 1],
      from: 3,
      size: 2,
      counted: false,
    }),
  ).toEqual({
    from: 3,
    rows: 6,
    counted: true,
    places: [4, 3],
    cells: [
      ['1815-12-10T00:00:00.000Z', 41],
      ['1999-12-31T00:00:00.000Z', 'NaN'],
    ],
  })
})

test("an arquero table keeps its own filter and order; places are the table's own rows", async () => {
  const table = aq
    .table({ n: [3, 1, 2, 5, 4], s: ['c', 'a', 'b', 'e', 'd'] })
    .filter((d: { n: number }) => d.n < 5)
    .orderby('n')
  expect(await places(table, {})).toEqual([1, 2, 0, 4])
  expect(await places(table, { sort: descending(1) })).toEqual([4, 0, 2, 1])
  expect(await places(table, { filters: [{ op: 'range', column: 0, min: 2 }] })).toEqual([2, 0, 4])
})

test('texts that begin alike, end early or need more than a byte a character are in the order of `<`', async () => {
  const stems = [
    'https://example.org/',
    'https://example.org/a',
    '',
    'h',
    'ü',
    '日本',
    '日',
    'https://example.org/日',
  ]
  const texts = stems.flatMap((stem, i) => [`${stem}${'x'.repeat(i)}`, stem, `${stem}\u0000`, `${stem}þÿ`])
  const table = aq.table({ texts })
  const expected = texts
    .map((_, i) => i)
    .sort((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : a - b))
  expect(await places(table, { sort: ascending(0) })).toEqual(expected)
  expect((await places(table, { sort: descending(0) })).map((i) => texts[i])).toEqual(
    expected.map((i) => texts[i]).reverse(),
  )
})

test('bigints are sorted exactly where doubles are equal', async () => {
  const big = 2n ** 60n
  expect(
    await places(aq.table({ n: [big + 3n, big + 1n, -big, big + 2n, null, 0n] }), { sort: ascending(0) }),
  ).toEqual([2, 5, 1, 3, 0, 4])
})

test('a column that does not exist is refused', async () => {
  await expect(places(people, { sort: ascending(9) })).rejects.toThrow('no such column; the table has 4: 10')
})

test('a summary of the rows that are left: missing and distinct values, range and mean, the most frequent', async () => {
  const table = aq.table({
    n: [1, 2, 2, 4, null, 100],
    s: ['a', 'b', 'a', null, 'c', 'z'],
    one: [7, 7, 7, 7, 7, 7],
    none: [null, null, null, null, null, null],
    flag: [true, false, true, true, null, true],
  })
  const live = createLiveTable(tableOf(table)!)
  const query = { filters: [{ op: 'in' as const, column: 0, values: [1, 2, 4, null] }], search: '' }
  expect(await live.summary(query, [0, 1, 2, 3, 4])).toEqual({
    rows: 5,
    columns: [
      { nulls: 1, distinct: 3, capped: false, range: { min: 1, max: 4, mean: 2.25, bins: [1, 2, 0, 1] } },
      {
        nulls: 1,
        distinct: 3,
        capped: false,
        top: [
          { value: 'a', count: 2 },
          { value: 'b', count: 1 },
          { value: 'c', count: 1 },
        ],
      },
      { nulls: 0, distinct: 1, capped: false, range: { min: 7, max: 7, mean: 7, bins: [5] } },
      { nulls: 5, distinct: 0, capped: false },
      {
        nulls: 1,
        distinct: 2,
        capped: false,
        top: [
          { value: true, count: 3 },
          { value: false, count: 1 },
        ],
      },
    ],
  })
})

test('every page of a large table, sorted by two columns, is what sorting it whole gives', async () => {
  const length = 50_000
  const group = Uint8Array.from({ length }, (_, i) => (i * 7919) % 5)
  const names = Array.from({ length }, (_, i) => `customer number ${(i * 104_729) % 9973}`)
  const live = createLiveTable(tableOf(aq.table({ group, names }))!)
  const expected = Array.from({ length }, (_, i) => i).sort(
    (a, b) => group[b]! - group[a]! || (names[a]! < names[b]! ? -1 : names[a]! > names[b]! ? 1 : a - b),
  )
  const query = { ...allRows, sort: [...descending(0), ...ascending(1)] }
  for (const from of [0, 9_990, 10_000, 31_234, 49_950]) {
    const page = await live.page({ query, columns: [1], from, size: 50, counted: true })
    expect(page.places).toEqual(expected.slice(from, from + 50))
  }
})

test('a search answers with a full page before all rows are looked through, and with the count when asked', async () => {
  const length = 400_000
  const table = aq.table({ n: Float64Array.from({ length }, (_, i) => i + 0.5) })
  const live = createLiveTable(tableOf(table)!, { patienceMs: 0 })
  const asked = { query: { ...allRows, search: '.5' }, columns: [0], from: 0, size: 3 }
  const first = await live.page({ ...asked, counted: false })
  expect(first.cells).toEqual([[0.5], [1.5], [2.5]])
  expect(first.counted).toBe(false)
  expect(await live.page({ ...asked, counted: true })).toEqual({ ...first, rows: length, counted: true })
})
