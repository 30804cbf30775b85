import { readdir, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { tableFromArrays, tableToIPC } from '@uwdata/flechette'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { versionById } from '../../../../lib/datasets/find'
import type { ImportPreview } from '../../../../lib/protocol/dataset-import'
import { withDatasets } from '../../../support/datasets'
import { row, workbookOf } from '../../../support/workbooks'

const at = withDatasets()

const types = ({ columns }: ImportPreview) =>
  Object.fromEntries(columns.map(({ name, type }) => [name, type]))
const notes = ({ columns }: ImportPreview) =>
  Object.fromEntries(columns.flatMap(({ name, note }) => (note ? [[name, note]] : [])))
const rows = async (versionId: string) =>
  (await at.store.ask('page', { versionId, offset: 0, limit: 50 })).rows
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    (error: { status: number; message: string }) => `${error.status} ${error.message}`,
  )

test('types are found by all values of a column, and what is missing is counted', async () => {
  const preview = await at.uploads.inspect(
    'all.csv',
    [
      'id,price,paid,day,at,zip,word,void',
      '1, 2.5 ,yes,2020-01-31,2020-01-31T10:00:00+02:00,01234,NA,',
      '2,NA,no,2020-02-01,2020-02-01 11:30,99999,"a, b",',
      '3,-1e3,,NaN,,,,',
      '',
    ].join('\n'),
  )
  expect(types(preview)).toEqual({
    id: 'integer',
    price: 'number',
    paid: 'boolean',
    day: 'date',
    at: 'datetime',
    zip: 'text',
    word: 'text',
    void: 'text',
  })
  expect(notes(preview)).toEqual({ zip: 'numbers that begin with zeros stay text', void: 'has no value' })
  expect(preview.columns.map(({ missing }) => missing)).toEqual([0, 1, 1, 1, 1, 1, 1, 3])
  expect([preview.rows, preview.format, preview.options, preview.rejected, preview.notices]).toEqual([
    3,
    'csv',
    { encoding: 'utf-8', delimiter: ',', header: true },
    { count: 0, examples: [] },
    [],
  ])
})

test('what is saved is what the preview showed', async () => {
  const { version } = await at.uploads.save(
    't.csv',
    'a,b,c,d\n1,x,2.5,2020-01-31T10:00:00+02:00\n,  y  ,nan,\n',
  )
  expect(await rows(version.id)).toEqual([
    [1, 'x', 2.5, '2020-01-31T08:00:00Z'],
    [null, 'y', null, null],
  ])
  const { columns, rows: count, origin, message, rowsAdded } = await versionById(at.db, version.id)
  expect([columns.map(({ type, nullable }) => [type, nullable]), count, origin, message, rowsAdded]).toEqual([
    [
      ['integer', true],
      ['text', false],
      ['number', true],
      ['datetime', true],
    ],
    2,
    'upload',
    't.csv',
    2,
  ])
})

test('dates in three forms are read together, and the preview says which there are', async () => {
  const preview = await at.uploads.inspect('d.csv', 'day\n2020-01-31\n31.01.2020\n01/31/2020\n2/1/2020\n')
  expect([types(preview), notes(preview)]).toEqual([
    { day: 'date' },
    {
      day: 'dates in 3 forms: 1 as 2020-12-31, 1 as 31.12.2020, 2 as 12/31/2020; 1/2/2020 is read as January 2, as the other dates tell',
    },
  ])
  const { version } = await at.uploads.save('d.csv', 'day\n2020-01-31\n31.01.2020\n31/01/2020\n2/1/2020\n')
  expect(await rows(version.id)).toEqual([['2020-01-31'], ['2020-01-31'], ['2020-01-31'], ['2020-01-02']])
})

test('a column of mixed types stays text with a note; as numbers, what does not fit is named with its line', async () => {
  const text = `n,word\n${Array.from({ length: 20 }, (_, i) => `${i},x`).join('\n')}\n\n"many",x\n1 2,"two\nlines"\nlast,x\n`
  const preview = await at.uploads.inspect('m.csv', text)
  expect([types(preview), notes(preview)]).toEqual([{ n: 'text', word: 'text' }, {}])
  const asNumbers = await at.uploads.inspect('m.csv', text, {}, ['integer', null])
  expect(asNumbers.columns[0]!.misfits).toEqual({
    count: 3,
    examples: [
      { line: 23, value: 'many' },
      { line: 24, value: '1 2' },
      { line: 26, value: 'last' },
    ],
  })
  const columns = [
    { name: 'n', type: 'integer', keep: true },
    { name: 'word', type: 'text', keep: false },
  ] as const
  expect(await refusal(at.uploads.save('m.csv', text, { columns: [...columns] }))).toBe(
    '422 3 values are no integer; choose another type or let them be missing: n, line 23: many',
  )
  const { version } = await at.uploads.save('m.csv', text, { columns: [...columns], misfitsAsMissing: true })
  expect((await rows(version.id)).slice(18)).toEqual([[18], [19], [null], [null], [null]])
})

test('lines of another length than the head are named, and left out only where a person says so', async () => {
  const text = 'a,b,c\n1,x,"more\nlines"\n2,y\n3,z,w,v\n4,q,r\n5,"open,t\n'
  const { rejected, rows: count } = await at.uploads.inspect('r.csv', text)
  expect([count, rejected]).toEqual([
    2,
    {
      count: 3,
      examples: [
        { line: 4, reason: 'has 2 values, the head has 3', text: '2,y' },
        { line: 5, reason: 'has 4 values, the head has 3', text: '3,z,w,v' },
        { line: 7, reason: 'has a quote that is not closed, or text behind a closed one', text: '5,"open,t' },
      ],
    },
  ])
  expect(await refusal(at.uploads.save('r.csv', text))).toBe(
    '422 3 lines are no rows; mend the file or leave them out: line 4 has 2 values, the head has 3',
  )
  const { version } = await at.uploads.save('r.csv', text, { leaveOutRejected: true })
  expect(await rows(version.id)).toEqual([
    [1, 'x', 'more\nlines'],
    [4, 'q', 'r'],
  ])
})

test('columns of one name, or of none, get names of their own', async () => {
  const preview = await at.uploads.inspect('n.csv', 'a,b,A,,a_2\n1,2,3,4,5\n')
  expect([preview.columns.map(({ name }) => name), preview.notices]).toEqual([
    ['a', 'b', 'A_3', 'column_4', 'a_2'],
    [
      'Columns 1 and 3 are both called A; the second is called A_3.',
      'Column 4 has no name; it is called column_4.',
    ],
  ])
})

test('a file without a head has columns that are numbered', async () => {
  const preview = await at.uploads.inspect('h.tsv', '1\t2,5\n3\t4,5\n')
  expect([types(preview), preview.options.header, preview.rows]).toEqual([
    { column_1: 'integer', column_2: 'number' },
    false,
    2,
  ])
})

test('text in UTF-16 is read, with or without its mark; Latin-1 is offered, not guessed', async () => {
  const text = 'name,n\nMüller,1\nŁukasz,2\n'
  for (const [encoding, bytes] of [
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ] as const) {
    const { sample, options, notices } = await at.uploads.inspect('u.csv', bytes)
    expect([sample, options.encoding, notices]).toEqual([
      [
        ['Müller', '1'],
        ['Łukasz', '2'],
      ],
      encoding,
      [`The file is written in UTF-16 (${encoding === 'utf-16le' ? 'little' : 'big'}-endian).`],
    ])
  }
  const latin = Buffer.from('name,n\nAda,1\nMüller,2\n', 'latin1')
  expect(await refusal(at.uploads.inspect('l.csv', latin))).toBe(
    '422 line 3 is not UTF-8 text; read it as Latin-1 if this looks right, or save the file as UTF-8: …me,n Ada,1 Müller,2 …',
  )
  expect((await at.uploads.inspect('l.csv', latin, { encoding: 'windows-1252' })).sample).toEqual([
    ['Ada', '1'],
    ['Müller', '2'],
  ])
})

test('lines may end in three ways, also in one file, and packed text is unpacked', async () => {
  for (const text of ['a,b\r\n1,x\r\n2,y\r\n', 'a,b\r1,x\r2,y\r', 'a,b\r\n1,x\n2,y\r\n'])
    expect((await at.uploads.inspect('e.csv.gz', gzipSync(text))).sample).toEqual([
      ['1', 'x'],
      ['2', 'y'],
    ])
  const cut = gzipSync('a,b\n1,2\n'.repeat(1000)).subarray(0, 30)
  expect(await refusal(at.uploads.inspect('cut.csv.gz', cut))).toBe(
    '422 this compressed file is damaged or was cut short: unexpected end of file',
  )
})

test('a thousand columns are read as any other', async () => {
  const names = Array.from({ length: 1000 }, (_, i) => `c${i}`)
  const line = names.map((_, i) => (i % 2 ? `${i}.5` : `word ${i}`)).join(',')
  const { version } = await at.uploads.save('wide.csv', `${names.join(',')}\n${`${line}\n`.repeat(200)}`)
  const { columns, rows: count } = await versionById(at.db, version.id)
  expect([columns.length, count, columns[0], columns[999]]).toEqual([
    1000,
    200,
    { name: 'c0', type: 'text', nullable: false, categories: ['word 0'] },
    { name: 'c999', type: 'number', nullable: false },
  ])
})

test('JSON in an array or by lines has the types that JSON gives it', async () => {
  const records = [
    { n: 1, x: 1.5, ok: true, word: '007', list: [1, 2], point: { x: 1 }, day: '2020-01-31' },
    { n: 2, x: null, ok: false, word: 'b', list: [3, 4], point: { x: 2 }, day: null, more: 'é' },
  ]
  const expected = {
    n: 'integer',
    x: 'number',
    ok: 'boolean',
    word: 'text',
    list: 'numbers',
    point: 'text',
    day: 'date',
    more: 'text',
  }
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('')
  expect(types(await at.uploads.inspect('a.json', JSON.stringify(records)))).toEqual(expected)
  expect(types(await at.uploads.inspect('a.ndjson.gz', gzipSync(lines)))).toEqual(expected)
  const { version } = await at.uploads.save('a.jsonl', lines)
  expect(await rows(version.id)).toEqual([
    [1, 1.5, true, '007', [1, 2], '{"x":1}', '2020-01-31', null],
    [2, null, false, 'b', [3, 4], '{"x":2}', null, 'é'],
  ])
})

test('Parquet that was written here comes back without the identities of its rows', async () => {
  const first = await at.uploads.save('p.csv', 'a,b\n1,x\n2,y\n')
  const { base } = await versionById(at.db, first.version.id)
  const { version } = await at.uploads.save('p.parquet', await readFile(await at.store.artifacts.file(base)))
  expect([
    await rows(version.id),
    (await versionById(at.db, version.id)).columns.map(({ name }) => name),
  ]).toEqual([
    [
      [1, 'x'],
      [2, 'y'],
    ],
    ['a', 'b'],
  ])
})

test('a version is taken along as CSV, with what was quoted quoted again', async () => {
  const text = 'a,b\n1,"x, ""y"""\n,z\n'
  const { version } = await at.uploads.save('c.csv', text)
  const { file } = await at.store.ask('download', { versionId: version.id, format: 'csv' })
  expect(await readFile(file, 'utf8')).toBe(text)
})

test('Arrow is read with its types', async () => {
  const table = tableFromArrays({
    n: [1, 2, null],
    word: ['a', null, 'c'],
    day: [new Date('2020-01-31'), new Date('2020-02-01'), null],
  })
  const { version } = await at.uploads.save('t.arrow', tableToIPC(table, {})!)
  expect(await rows(version.id)).toEqual([
    [1, 'a', '2020-01-31'],
    [2, null, '2020-02-01'],
    [null, 'c', null],
  ])
})

test('a sheet of a workbook is read with its types', async () => {
  const sheets = {
    plants: row({ A1: 'name', B1: 'petals' }) + row({ A2: 'iris', B2: 3 }) + row({ A3: 'rose', B3: 5 }),
    notes: row({ A1: 'note' }) + row({ A2: 'none' }),
  }
  const { version } = await at.uploads.save('garden.xlsx', workbookOf(sheets), {
    options: { sheet: 'plants' },
  })
  expect(await rows(version.id)).toEqual([
    ['iris', 3],
    ['rose', 5],
  ])
})

test.each([
  ['zero.csv', '', '422 the file is empty: zero.csv'],
  ['blank.csv', '\n\n  \n', '422 the file is empty'],
  ['head.csv', 'a,b\n', '422 the file has a head, and no row below it'],
  ['none.json', '[]', '422 the file has no record'],
  [
    'a.xls',
    'x',
    '415 no reader for this kind of file; there are csv, tsv, json, ndjson, parquet, arrow and xlsx: a.xls',
  ],
  ['a.parquet', 'PAR1 and nothing more', '422'],
  ['a.xlsx', 'no workbook', '415 the file does not begin as a .xlsx file does, or is damaged: a.xlsx'],
  ['a.csv', 'a\0b', '422 the file is not text: its byte 2 is zero: a.csv'],
  ['bad.json', '{"a":1}\n{"a":\n', '422'],
])('%s is refused with a reason', async (name, content, reason) => {
  const said = await refusal(at.uploads.inspect(name, content))
  expect(reason.length > 3 ? said : said.slice(0, 3)).toBe(reason)
  expect(said).not.toContain(at.config.home)
})

test('what is refused leaves nothing behind', async () => {
  const before = await at.db.execute(sql`select count(*) from datasets`)
  const files = await readdir(at.config.artifactsDir, { recursive: true })
  await refusal(at.uploads.save('x.csv', 'a,b\n1,2\n3\n'))
  await refusal(at.uploads.save('x.csv', 'a\nx\n', { columns: [{ name: 'a', type: 'integer', keep: true }] }))
  const { name } = await at.uploads.save('x.csv', 'a\n1\n', { target: { name: 'taken', description: '' } })
  await refusal(at.uploads.save('x.csv', 'a\n1\n', { target: { name, description: '' } }))
  expect(await at.db.execute(sql`select count(*) from datasets`)).toEqual([
    { count: String(Number(before[0]!.count) + 1) },
  ])
  expect(
    (await readdir(at.config.artifactsDir, { recursive: true })).filter((file) => file.includes('.incoming')),
  ).toEqual([])
  expect(files.length).toBeGreaterThan(0)
  expect(await readdir(at.folder.work)).toEqual([])
})
