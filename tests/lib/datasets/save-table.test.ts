import { readdir } from 'node:fs/promises'
import * as aq from 'arquero'
import { expect, test } from 'vitest'
import { knownColumnsOf } from '../../../kernel/child/tables/known-columns'
import { createLiveTable } from '../../../kernel/child/tables/live-table'
import { writeParquet } from '../../../kernel/child/tables/parquet'
import { tableOf } from '../../../kernel/child/tables/table-of'
import { versionById } from '../../../lib/datasets/find'
import { saveTable } from '../../../lib/datasets/save-table'
import { allRows } from '../../../lib/protocol/all-rows'
import type { KnownColumn } from '../../../lib/protocol/dataset-save'
import { withDatasets } from '../../support/datasets'
import { addMember, addPerson, origin, type Person } from '../../support/people'

const at = withDatasets()

/** As a kernel hands a table over. */
async function save(
  name: string,
  source: object,
  { person = at.ada, columns }: { person?: Person; columns?: KnownColumn[] } = {},
) {
  const table = tableOf(source)!
  return saveBytes(name, writeParquet(table, await createLiveTable(table).rows(allRows)), {
    person,
    columns: columns ?? knownColumnsOf(table),
  })
}
const saveBytes = (
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  { person = at.ada, columns = [] }: { person?: Person; columns?: KnownColumn[] } = {},
) =>
  saveTable(
    bytes,
    {
      actor: { kind: 'user', id: person.id },
      userId: person.id,
      workspaceId: at.ada.workspaceId,
      name,
      message: 'a table',
      origin: 'notebook',
      columns,
    },
    { db: at.db, ask: at.store.ask, folder: at.folder.uploads, origin },
  )
const idOf = async (name: string, number: number) =>
  (
    await at.sql`select v.id from dataset_versions v join datasets d on d.id = v.dataset_id
    where d.name = ${name} and v.number = ${number}`
  )[0]!.id as string
const versionOf = async (name: string, number: number) => {
  const { columns, rows, message, parent } = await versionById(at.db, await idOf(name, number))
  return {
    rows,
    message,
    parent,
    types: columns.map(({ name, type, shape }) => [name, type, ...(shape ? [shape] : [])]),
  }
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    (error: { status: number; message: string }) => `${error.status} ${error.message}`,
  )

const plants = aq.table({
  id: [1, 2, 3],
  height: Float64Array.of(1, 2, 3),
  code: Int32Array.of(7, 8, 9),
  name: ['a', 'b', null],
  wet: [true, null, false],
  seen: [new Date('2024-02-29T12:30:00.123Z'), null, new Date(0)],
  pixels: [Float32Array.of(0, 0.5), Float32Array.of(1, 0), Float32Array.of(0.25, 1)],
})

test('a new name makes a data set, whose columns have the types of the values', async () => {
  const saved = await save('plants', plants)
  expect(saved).toEqual({
    name: 'plants',
    version: 1,
    rows: 3,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    page: `${origin}/data/plants`,
  })
  expect(await versionOf('plants', 1)).toEqual({
    rows: 3,
    message: 'a table',
    parent: null,
    types: [
      ['id', 'integer'],
      ['height', 'number'],
      ['code', 'integer'],
      ['name', 'text'],
      ['wet', 'boolean'],
      ['seen', 'datetime'],
      ['pixels', 'numbers', [2]],
    ],
  })
  const { rows } = await at.store.ask('page', {
    versionId: await idOf('plants', 1),
    offset: 0,
    limit: 9,
  })
  expect(rows).toEqual([
    [1, 1, 7, 'a', true, '2024-02-29T12:30:00.123Z', [0, 0.5]],
    [2, 2, 8, 'b', null, null, [1, 0]],
    [3, 3, 9, null, false, '1970-01-01T00:00:00Z', [0.25, 1]],
  ])
})

test('the next version keeps the types that its columns had, where the values still fit', async () => {
  await save('days', aq.table({ day: [new Date('2024-01-01')], count: Float64Array.of(1), part: [1] }), {
    columns: [{ type: 'date' }, { type: 'integer' }, { type: 'integer' }],
  })
  const later = aq.table({
    day: [new Date('2024-01-02'), new Date('2024-01-03')],
    count: Float64Array.of(2, 3),
    part: [0.5, 1],
  })
  expect(await save('days', later)).toMatchObject({ version: 2, rows: 2 })
  expect(await versionOf('days', 2)).toEqual({
    rows: 2,
    message: 'a table',
    parent: 1,
    types: [
      ['day', 'date'],
      ['count', 'integer'],
      ['part', 'number'],
    ],
  })
})

test('an image keeps its shape where its lists have as many numbers', async () => {
  const image = aq.table({ image: [Float64Array.of(1, 2, 3, 4)] })
  await save('images', image, { columns: [{ type: 'numbers', shape: [2, 2] }] })
  await save('images', image)
  await save('images', aq.table({ image: [Float64Array.of(1, 2, 3)] }))
  expect([(await versionOf('images', 2)).types, (await versionOf('images', 3)).types]).toEqual([
    [['image', 'numbers', [2, 2]]],
    [['image', 'numbers', [3]]],
  ])
})

test('who may not write in the workspace saves nothing, and others do not learn of it', async () => {
  const guest = await addPerson(at.db, 'guest')
  await addMember(at.db, at.ada.workspaceId, guest.id, 'viewer')
  const stranger = await addPerson(at.db, 'stranger')
  expect(await refusal(save('plants', plants, { person: guest }))).toBe(
    '403 this needs the role editor, yours is: viewer',
  )
  expect(await refusal(save('mine', plants, { person: guest }))).toBe(
    '403 this needs the role editor, yours is: viewer',
  )
  expect(await refusal(save('plants', plants, { person: stranger }))).toBe('404 there is no such data set')
})

test('a name that is none is refused with what one is', async () => {
  expect(await refusal(save('My Table', plants))).toBe(
    '400 not a name of a data set, use 1 to 63 lower case letters, digits, "-" and "_", a letter or digit first: My Table',
  )
})

test('a table that breaks off, and one that is damaged, leave nothing behind', async () => {
  const before = await readdir(at.folder.uploads)
  async function* broken() {
    yield Buffer.from('PAR1')
    throw new Error('the kernel died')
  }
  await expect(saveBytes('broken', broken())).rejects.toThrow('the kernel died')
  async function* damaged() {
    yield Buffer.from('PAR1 and no more')
  }
  expect(await refusal(saveBytes('broken', damaged()))).toMatch(/^422 the Parquet file is damaged/)
  expect(await readdir(at.folder.uploads)).toEqual(before)
  expect(await at.sql`select 1 from datasets where name = 'broken'`).toEqual([])
})
