// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SqlSchema } from '../../../lib/notebook/sql/complete'
import { sqlToTypeScript } from '../../../lib/notebook/sql/to-typescript'
import { startKernel, type TestKernel } from '../../support/kernel'

let kernel: TestKernel
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cellar-sql-'))
  const file = (name: string, bytes: string | Uint8Array) => writeFileSync(path.join(folder, name), bytes)
  file('cities.csv', 'id,name\n1,Oslo\n2,Bern\n')
  file('events.json', '[{"day":"2026-01-02","n":1},{"day":"2026-01-03","n":null}]')
  file('ragged.csv', `a,b\n${'1,2\n'.repeat(30)}1,2,3\n`)
  kernel = await startKernel({ cwd: folder })
  await value(`import { sql } from 'cellar'
import * as aq from 'arquero'
const people = aq.table({
  name: ['Ada', 'Bob', null, 'Zoë, the long one'], age: [36, null, 5, 7.5], born: [new Date(0), null, new Date(1e12), new Date(NaN)],
  big: [1n, 2n, 3n, 2n ** 70n], yes: [true, false, null, true], deep: [{ a: 1 }, [1], null, 'x'],
})`)
})
afterAll(async () => {
  await kernel.close()
  rmSync(folder, { recursive: true })
})

/** What the cell's last expression is, as text. */
async function value(source: string) {
  const { text, error } = await kernel.run(source)
  if (error) throw new Error(error.evalue)
  return text
}
const fails = async (source: string) => {
  const { error } = await kernel.run(source, 'failing')
  return { ename: error?.ename, evalue: error?.evalue, at: error?.frames[0]?.line }
}

test.each<[string, string, string]>([
  [
    'columns of any kind come back as they were, a missing value as null',
    '(await sql`SELECT * EXCLUDE deep FROM people WHERE age IS NULL OR age > 7 ORDER BY big`).objects()',
    `[
  {
    name: 'Ada',
    age: 36,
    born: 1970-01-01T00:00:00.000Z,
    big: 1,
    yes: true
  },
  { name: 'Bob', age: null, born: null, big: 2, yes: false },
  {
    name: 'Zoë, the long one',
    age: 7.5,
    born: null,
    big: 1180591620717411303424n,
    yes: true
  }
]`
      .replace('big: 1,', 'big: 1n,')
      .replace('big: 2,', 'big: 2n,'),
  ],
  [
    'objects and arrays are JSON',
    "(await sql`SELECT deep->>'a' AS a FROM people`).array('a')",
    "[ '1', null, null, null ]",
  ],
  [
    'arrays of records',
    "const list = [{ x: 1 }, { x: 2, y: 'b' }]; (await sql`FROM list`).objects()",
    "[ { x: 1, y: null }, { x: 2, y: 'b' } ]",
  ],
  [
    'arrays of records as they are now',
    'list.push({ x: 5 }); (await sql`SELECT sum(x) AS s FROM list`).objects()',
    '[ { s: 8 } ]',
  ],
  [
    'filtered and sorted tables, in their order',
    "const picked = aq.table({ i: Int32Array.of(1, 2, 3, 4) }).filter(d => d.i > 1).orderby(aq.desc('i')); (await sql`FROM picked`).array('i')",
    '[ 4, 3, 2 ]',
  ],
  [
    'Arrow tables',
    "import { tableFromArrays } from '@uwdata/flechette'; const arrow = tableFromArrays({ a: [1, null, 3], b: ['x', 'y', 'z'] }); (await sql`FROM arrow`).objects()",
    "[ { a: 1, b: 'x' }, { a: null, b: 'y' }, { a: 3, b: 'z' } ]",
  ],
  [
    'typed arrays, of shared memory too',
    "const shared = aq.table({ a: new Float64Array(new SharedArrayBuffer(16)).fill(2) }); (await sql`FROM shared`).array('a')",
    '[ 2, 2 ]',
  ],
  [
    'a table by placeholder',
    '(await sql`SELECT count(*) AS n FROM ${people} AS p`).objects()',
    '[ { n: 4 } ]',
  ],
  ['a name in another case', '(await sql`SELECT count(*) AS n FROM PEOPLE`).objects()', '[ { n: 4 } ]'],
  [
    'placeholders are values, whatever they hold',
    '(await sql`SELECT ${"\'; DROP TABLE x --"} AS t, ${1.5} AS d, ${7} + 1 AS i, ${null} AS n, ${new Date(0)} AS at, 2 IN ${[1, 2]} AS has`).objects()',
    `[
  {
    t: "'; DROP TABLE x --",
    d: 1.5,
    i: 8,
    n: null,
    at: 1970-01-01T00:00:00.000Z,
    has: true
  }
]`,
  ],
  [
    'CSV of the folder',
    "(await sql`SELECT name FROM 'cities.csv' WHERE id = ${2}`).objects()",
    "[ { name: 'Bern' } ]",
  ],
  [
    'JSON of the folder',
    "(await sql`SELECT count(n) AS n, max(day)::DATE AS day FROM 'events.json'`).objects()",
    '[ { n: 1, day: 2026-01-03T00:00:00.000Z } ]',
  ],
  [
    'CSV of the project',
    "(await sql`SELECT count(*) AS n FROM 'adult-income.csv'`).objects()",
    '[ { n: 32561 } ]',
  ],
  [
    'Parquet that a query wrote',
    "await sql`COPY (SELECT 1 AS a) TO 'one.parquet'`; (await sql`FROM 'one.parquet'`).objects()",
    '[ { a: 1 } ]',
  ],
  [
    'several statements, of which the last is the result',
    "(await sql`CREATE TABLE kept AS SELECT ${1} AS a; INSERT INTO kept VALUES (${2}); FROM kept`).array('a')",
    '[ 1, 2 ]',
  ],
  ['names that come twice', '(await sql`SELECT 1 AS a, 2 AS a`).columnNames()', "[ 'a', 'a_1' ]"],
  [
    'times and intervals as text',
    "(await sql`SELECT TIME '10:00:01' AS t, INTERVAL 2 DAY AS i`).objects()",
    "[ { t: '10:00:01', i: '2 days' } ]",
  ],
  [
    'a result by its name, in SQL types that TypeScript lacks',
    "const price = await sql`SELECT 1.10::DECIMAL(5,2) AS p`; (await sql`SELECT typeof(p) AS t FROM price`).array('t')",
    "[ 'DECIMAL(5,2)' ]",
  ],
  [
    'a variable that has another value now',
    'let now = aq.table({ a: [1] }); await sql`FROM now`; now = aq.table({ b: [2] }); (await sql`FROM now`).objects()',
    '[ { b: 2 } ]',
  ],
  [
    'queries at the same time',
    '(await Promise.all([1, 2, 3].map(n => sql`SELECT ${n}::INT AS n`))).map(t => t.get("n", 0))',
    '[ 1, 2, 3 ]',
  ],
])('SQL reads %s', async (_, source, expected) => {
  expect(await value(source)).toBe(expected)
})

test('an SQL cell gives an arquero table to the cells after it', async () => {
  const cell = sqlToTypeScript('SELECT name, age * ${factor} AS twice\nFROM people\nWHERE age > 6', 'grown')
  await value('const factor = 2')
  expect((await kernel.run(cell)).result?.data['application/vnd.cellar.table+json']).toMatchObject({
    rows: 2,
    columns: [
      { name: 'name', type: 'VARCHAR' },
      { name: 'twice', type: 'DOUBLE' },
    ],
    head: [
      ['Ada', 72],
      ['Zoë, the long one', 15],
    ],
  })
  expect(await value("grown.filter(d => d.twice > 20).array('name')")).toBe("[ 'Ada' ]")
})

test.each<[string, string, { ename: string; evalue: string; at?: number }]>([
  [
    'a column that is not there, at its line',
    'await sql`SELECT name\nFROM people\nWHERE nope = 1`',
    {
      ename: 'SqlError',
      evalue:
        'Referenced column "nope" not found in FROM clause!\nCandidate bindings: "name", "age", "born", "deep"',
      at: 3,
    },
  ],
  [
    'a table that is not there',
    '\nawait sql`SELECT 1;\nSELECT * FROM nobody_at_all`',
    {
      ename: 'SqlError',
      evalue: expect.stringMatching(/^Table with name nobody_at_all does not exist!/),
      at: 3,
    },
  ],
  [
    'a variable that is no table',
    'const seven = 7\nawait sql`FROM seven`',
    {
      ename: 'SqlError',
      evalue: 'Table with name seven does not exist!\nseven is a variable, but no table: number',
      at: 2,
    },
  ],
  [
    'a syntax error',
    'await sql`\nSELECT 1 FORM x`',
    { ename: 'SqlError', evalue: 'syntax error at or near "x"', at: 2 },
  ],
  [
    'nothing',
    'await sql`-- later`',
    { ename: 'SqlError', evalue: 'nothing to run: the query is empty', at: 1 },
  ],
  [
    'a placeholder inside quotes',
    "await sql`SELECT '${1}'`",
    {
      ename: 'SqlError',
      evalue: 'a placeholder inside quotes is text, not its value: remove the quotes around it',
      at: 1,
    },
  ],
  [
    'a placeholder that is no value',
    'await sql`SELECT ${1}, ${() => 1}`',
    {
      ename: 'SqlError',
      evalue:
        'no value of SQL: a placeholder takes a number, a text, a boolean, a date, bytes, an array of these, or a table; the second is a function',
      at: 1,
    },
  ],
  [
    'a file that is not there',
    "await sql`FROM 'none.csv'`",
    { ename: 'SqlError', evalue: 'No files found that match the pattern "none.csv"', at: 1 },
  ],
])('SQL says what is wrong with %s', async (_, source, expected) => {
  expect(await fails(source)).toEqual(expected)
})

test('a ragged CSV file is named with the line', async () => {
  const { evalue } = await fails(
    "await sql`FROM read_csv('ragged.csv', header = true, columns = {a: 'INT', b: 'INT'}, auto_detect = false)`",
  )
  expect(evalue).toContain('ragged.csv')
  expect(evalue).toMatch(/line: 32|Line: 32/i)
})

test('a CSV file that is not UTF-8 is named with the cause', async () => {
  const rows = `name\n${'José\n'.repeat(20)}`
  writeFileSync(path.join(folder, 'latin.csv'), Buffer.from(rows, 'latin1'))
  const { ename, evalue } = await fails("await sql`FROM read_csv('latin.csv', header = true)`")
  expect([ename, evalue]).toEqual([
    'SqlError',
    expect.stringMatching(/utf-?8.*latin\.csv|latin\.csv.*utf-?8/is),
  ])
})

test('a Parquet file cut short is named, and the kernel lives on', async () => {
  await value("await sql`COPY (SELECT * FROM range(5000)) TO 'whole.parquet'`")
  const bytes = readFileSync(path.join(folder, 'whole.parquet'))
  writeFileSync(path.join(folder, 'cut.parquet'), bytes.subarray(0, bytes.length / 2))
  const { ename, evalue } = await fails("await sql`FROM 'cut.parquet'`")
  expect([ename, evalue]).toEqual([
    'SqlError',
    expect.stringMatching(/No magic bytes found at end of file '.*cut\.parquet'/),
  ])
  expect(await value('people.numRows()')).toBe('4')
})

test('texts of any length come back as they were, also out of order and made by the query', async () => {
  await value(`const texts = aq.table({
  i: Array.from({ length: 30_000 }, (_, i) => i),
  s: Array.from({ length: 30_000 }, (_, i) => (i % 7 === 0 ? null : i % 3 === 0 ? 'kürz' + (i % 10) : 'länger als zwölf ' + '…'.repeat(i % 40) + i)),
})
const shuffled = await sql\`SELECT i, s, s || s AS twice FROM texts ORDER BY hash(i)\``)
  expect(
    await value(`Array.from({ length: 30_000 }, (_, row) => {
  const s = texts.get('s', shuffled.get('i', row))
  return shuffled.get('s', row) === s && shuffled.get('twice', row) === (s === null ? null : s + s)
}).filter((same) => !same).length`),
  ).toBe('0')
})

test('ten million rows of typed arrays are grouped, and not copied for the second query', async () => {
  await value(
    'const rows = 10_000_000; const k = new Int32Array(rows), v = new Float64Array(rows); for (let i = 0; i < rows; i++) { k[i] = i % 1000; v[i] = 1 }; const many = aq.table({ k, v }); 0',
  )
  const group = 'await sql`SELECT k, sum(v) AS s FROM many GROUP BY k ORDER BY k`'
  expect(await value(`(${group}).array('s').every(s => s === 10000)`)).toBe('true')
  expect(await value(`v[0] = 5; (${group}).get('s', 0)`)).toBe('10000')
})

test('completion is told the tables, their columns, and the files that a query can read', async () => {
  await value(`await sql\`CREATE TABLE made AS SELECT 1 AS one, 'x' AS letter\`
const records = [{ word: 'a', times: 2 }]
const nested = [{ list: [1] }]`)
  const schema = (await kernel.ask({
    type: 'ask',
    method: 'sql.schema',
    params: { files: ['cities.csv', 'none.csv', 'https://example.com/a.csv'] },
  })) as SqlSchema
  const columns = Object.fromEntries(
    schema.tables.map((table) => [table.name, table.columns.map(({ name, type }) => `${name} ${type}`)]),
  )
  // The notebook's own first, then the examples' data.
  expect(schema.files).toEqual([
    ...[
      'cities.csv',
      'cut.parquet',
      'events.json',
      'latin.csv',
      'one.parquet',
      'ragged.csv',
      'whole.parquet',
    ],
    ...['adult-income.csv', 'iris.csv', 'penguins.csv'],
  ])
  expect(columns).toMatchObject({
    people: ['name string', 'age number', 'born date', 'big bigint', 'yes boolean', 'deep mixed'],
    records: ['word string', 'times number'],
    nested: ['list JSON'],
    made: ['one INTEGER', 'letter VARCHAR'],
    'cities.csv': ['id BIGINT', 'name VARCHAR'],
  })
  expect(Object.keys(columns)).not.toContain('none.csv')
})
