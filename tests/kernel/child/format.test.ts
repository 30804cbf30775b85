import * as aq from 'arquero'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { format, ownFormat } from '../../../kernel/child/format'

const table = 'application/vnd.cellar.table+json'

test.each<[string, unknown, Record<string, unknown>]>([
  ['a number', 3, { 'text/plain': '3' }],
  ['a string', 'a\nb', { 'text/plain': "'a\\nb'" }],
  ['null', null, { 'text/plain': 'null' }],
  ['a Map', new Map([['a', 1]]), { 'text/plain': "Map(1) { 'a' => 1 }" }],
  ['an empty array', [], { 'text/plain': '[]' }],
  ['an array of numbers', [1, 2], { 'text/plain': '[ 1, 2 ]' }],
  ['an array of nested objects', [{ a: { b: 1 } }], { 'text/plain': '[ { a: { b: 1 } } ]' }],
  [
    'records as a table',
    [
      { a: 1, b: 'x' },
      { a: Number.NaN, c: true },
    ],
    {
      [table]: {
        rows: 2,
        columns: [
          { name: 'a', type: 'number', kind: 'number', nulls: 0 },
          { name: 'b', type: 'string', kind: 'text', nulls: 1 },
          { name: 'c', type: 'boolean', kind: 'boolean', nulls: 1 },
        ],
        head: [
          [1, 'x', null],
          ['NaN', null, true],
        ],
      },
      'text/plain': "[ { a: 1, b: 'x' }, { a: NaN, c: true } ]",
    },
  ],
  [
    'a PNG',
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1]),
    { 'image/png': 'iVBORwE=', 'text/plain': 'image/png, 5 bytes' },
  ],
  [
    'a JPEG',
    new Uint8Array([0xff, 0xd8, 0xff]),
    { 'image/jpeg': '/9j/', 'text/plain': 'image/jpeg, 3 bytes' },
  ],
  ['bytes', new Uint8Array([1, 2]), { 'text/plain': 'Uint8Array(2) [ 1, 2 ]' }],
])('%s', (_, value, bundle) => {
  expect(format(value)).toEqual(bundle)
})

test('an arquero table: types, nulls, the first rows in its order', () => {
  const rows = aq
    .table({
      n: Float64Array.of(3, 1, 2),
      s: ['c', null, 'b'],
      d: [new Date(0), new Date(1), new Date(2)],
      o: [{ deep: 1 }, [1, 2], 'text'],
    })
    .orderby('n')
  expect(format(rows)).toEqual({
    [table]: {
      rows: 3,
      columns: [
        { name: 'n', type: 'float64', kind: 'number', nulls: 0 },
        { name: 's', type: 'string', kind: 'text', nulls: 1 },
        { name: 'd', type: 'date', kind: 'time', nulls: 0 },
        { name: 'o', type: 'mixed', kind: 'other', nulls: 0 },
      ],
      head: [
        [1, null, '1970-01-01T00:00:00.001Z', '[ 1, 2 ]'],
        [2, 'b', '1970-01-01T00:00:00.002Z', 'text'],
        [3, 'c', '1970-01-01T00:00:00.000Z', '{ deep: 1 }'],
      ],
    },
    'text/plain': [
      'n  s  d                         o',
      '1     1970-01-01T00:00:00.001Z  [ 1, 2 ]',
      '2  b  1970-01-01T00:00:00.002Z  text',
      '3  c  1970-01-01T00:00:00.000Z  { deep: 1 }',
      '3 × 4',
    ].join('\n'),
  })
})

test('a filtered table counts only its own rows', () => {
  const rows = aq
    .table({ a: [1, 2, null, 4], b: ['x', null, null, 'y'] })
    .filter((d: { a: number }) => d.a > 1)
  expect(format(rows, () => 'named')[table]).toEqual({
    table: 'named',
    rows: 2,
    columns: [
      { name: 'a', type: 'number', kind: 'number', nulls: 0 },
      { name: 'b', type: 'string', kind: 'text', nulls: 1 },
    ],
    head: [
      [2, null],
      [4, 'y'],
    ],
  })
})

test('a table of a million rows takes less than 100 ms', () => {
  const rows = aq.table({
    id: Int32Array.from({ length: 1_000_000 }, (_, i) => i),
    x: Float64Array.from({ length: 1_000_000 }, (_, i) => i / 2),
  })
  const times: number[] = []
  for (let i = 0; i < 10; i++) {
    const began = performance.now()
    format(rows)
    times.push(performance.now() - began)
  }
  expect(Math.min(...times)).toBeLessThan(100)
  const { columns, head, bytes } = format(rows)[table] as { columns: unknown; head: unknown[]; bytes: number }
  expect([columns, head.length, bytes]).toEqual([
    [
      { name: 'id', type: 'int32', kind: 'number', nulls: 0 },
      { name: 'x', type: 'float64', kind: 'number', nulls: 0 },
    ],
    100,
    12_000_000,
  ])
})

test('an SVG element names its namespace; another element is HTML', () => {
  const { document } = parseHTML('<html><body></body></html>')
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('width', '3')
  svg.setAttribute('height', '4')
  expect(format(svg)).toEqual({
    'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" height="4" width="3" />',
    'text/plain': 'figure, 3×4',
  })
  const figure = document.createElement('figure')
  figure.textContent = 'caption'
  expect(format(figure)).toEqual({ 'text/html': '<figure>caption</figure>', 'text/plain': 'HTML' })
})

test('an object says itself how it is shown', async () => {
  const own = { [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>me</b>' }) }
  expect(await ownFormat(own)).toEqual({ 'text/html': '<b>me</b>', 'text/plain': 'text/html' })
  expect(ownFormat({})).toBeUndefined()
})

test('a value that throws when looked at says so', () => {
  const value = {
    get dataSync() {
      throw new Error('not for you')
    },
  }
  expect(format(value)).toEqual({ 'text/plain': 'a value that cannot be shown: Error: not for you' })
})
