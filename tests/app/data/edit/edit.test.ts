import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { readAll } from '../../../../app/_data/duck'
import { datasets } from '../../../../drizzle/schema/datasets'
import type { DatasetEdits } from '../../../../lib/datasets/edit/edits'
import { requireVersion, versionById } from '../../../../lib/datasets/find'
import { restoreVersion } from '../../../../lib/datasets/restore-version'
import { diffKinds } from '../../../../lib/protocol/dataset-diff'
import { withDatasets } from '../../../support/datasets'

const at = withDatasets()

const flowers =
  'species,petal,seen\nsetosa,1.4,2020-01-01\nsetosa,1.5,\nvirginica,5.1,2020-01-03\nvirginica,5.2,2020-01-04\n'
const begin = async (content = flowers) => (await at.uploads.save('flowers.csv', content)).datasetId
const none: DatasetEdits = { changed: [], deleted: [], added: [] }
const save = (datasetId: string, parent: number, edits: Partial<DatasetEdits>, message = '') =>
  at.store.ask('edit', { datasetId, parent, message, edits: { ...none, ...edits }, userId: at.ada.id })
async function saved(datasetId: string, parent: number, edits: Partial<DatasetEdits>) {
  const answer = await save(datasetId, parent, edits)
  if (answer.state !== 'saved') throw new Error('it was not saved')
  return answer.version.id
}
const rows = async (versionId: string) => {
  const { ids, rows } = await at.store.ask('page', { versionId, offset: 0, limit: 50 })
  return ids.map((id, i) => [id, ...rows[i]!])
}
const headOf = async (id: string) => (await at.db.select().from(datasets).where(eq(datasets.id, id)))[0]?.head
const idOf = async (datasetId: string, number: number) =>
  (await requireVersion(at.db, { id: datasetId, name: 'flowers', head: number }, number)).id
const diff = async (datasetId: string, before: number, after: number) =>
  at.store.ask('diff', {
    before: await idOf(datasetId, before),
    after: await idOf(datasetId, after),
    kinds: [...diffKinds],
    offset: 0,
    limit: 50,
  })

test('edits become a version with who, what and how many; the version before stays as it was', async () => {
  const id = await begin()
  const versionId = await saved(id, 1, {
    changed: [{ row: 1, values: { petal: 1.75, seen: '2020-01-02' } }],
    deleted: [2],
    added: [{ species: 'versicolor', petal: null }],
  })
  expect(await rows(versionId)).toEqual([
    [0, 'setosa', 1.4, '2020-01-01'],
    [1, 'setosa', 1.75, '2020-01-02'],
    [3, 'virginica', 5.2, '2020-01-04'],
    [4, 'versicolor', null, null],
  ])
  const { number, parent, origin, rowsAdded, rowsChanged, rowsDeleted, createdBy, columns } =
    await versionById(at.db, versionId)
  expect({ number, parent, origin, rowsAdded, rowsChanged, rowsDeleted, createdBy }).toEqual({
    number: 2,
    parent: 1,
    origin: 'edit',
    rowsAdded: 1,
    rowsChanged: 1,
    rowsDeleted: 1,
    createdBy: at.ada.id,
  })
  expect(columns.map(({ name, nullable }) => [name, nullable])).toEqual([
    ['species', false],
    ['petal', true],
    ['seen', true],
  ])
  expect((await rows(await idOf(id, 1))).length).toBe(4)
})

test('what differs between two versions is said by row and column', async () => {
  const id = await begin()
  await saved(id, 1, {
    changed: [{ row: 0, values: { petal: 9 } }],
    deleted: [3],
    added: [{ species: 'new' }],
  })
  expect(await diff(id, 1, 2)).toEqual({
    counts: { added: 1, changed: 1, deleted: 1 },
    asWholes: false,
    columns: [
      { name: 'species', before: 'text', after: 'text' },
      { name: 'petal', before: 'number', after: 'number' },
      { name: 'seen', before: 'date', after: 'date' },
    ],
    rows: [
      {
        row: 0,
        kind: 'changed',
        before: ['setosa', 1.4, '2020-01-01'],
        after: ['setosa', 9, '2020-01-01'],
        changed: [1],
      },
      { row: 3, kind: 'deleted', before: ['virginica', 5.2, '2020-01-04'], changed: [] },
      { row: 4, kind: 'added', after: ['new', null, null], changed: [] },
    ],
  })
  expect((await diff(id, 2, 2)).counts).toEqual({ added: 0, changed: 0, deleted: 0 })
})

test('two people at once: other rows are saved on top of each other', async () => {
  const id = await begin()
  await saved(id, 1, { changed: [{ row: 0, values: { petal: 8 } }], added: [{ species: 'hers' }] })
  const answer = await save(id, 1, {
    changed: [{ row: 1, values: { petal: 7 } }],
    added: [{ species: 'his' }],
  })
  expect(answer).toMatchObject({ state: 'saved', meanwhile: 1, counts: { added: 1, changed: 1, deleted: 0 } })
  expect(await rows(await idOf(id, 3))).toEqual([
    [0, 'setosa', 8, '2020-01-01'],
    [1, 'setosa', 7, null],
    [2, 'virginica', 5.1, '2020-01-03'],
    [3, 'virginica', 5.2, '2020-01-04'],
    [4, 'hers', null, null],
    [5, 'his', null, null],
  ])
})

test('two people at once: the same row is refused with what both had and what the other made of it', async () => {
  const id = await begin()
  await saved(id, 1, {
    changed: [
      { row: 0, values: { petal: 8 } },
      { row: 2, values: { petal: 3 } },
    ],
    deleted: [1],
  })
  const mine = {
    changed: [
      { row: 0, values: { petal: 7 } },
      { row: 1, values: { petal: 7 } },
      // Both made the same of it.
      { row: 2, values: { petal: 3 } },
      { row: 3, values: { petal: 7 } },
    ],
  }
  const answer = await save(id, 1, mine)
  expect(answer).toMatchObject({
    state: 'conflicts',
    conflicts: {
      head: 2,
      rows: [
        { row: 0, before: ['setosa', 1.4, '2020-01-01'], theirs: ['setosa', 8, '2020-01-01'] },
        { row: 1, before: ['setosa', 1.5, null], theirs: null },
      ],
    },
  })
  expect(await headOf(id)).toBe(2)
  // What is chosen is saved on top of the version in which they were found.
  await saved(id, 2, {
    changed: [
      { row: 0, values: { petal: 7 } },
      { row: 3, values: { petal: 7 } },
    ],
  })
  expect((await rows(await idOf(id, 3))).map(([row, , petal]) => [row, petal])).toEqual([
    [0, 7],
    [2, 3],
    [3, 7],
  ])
})

test('of five who save at once nobody loses a row', async () => {
  const id = await begin()
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((species) => save(id, 1, { added: [{ species }] })),
  )
  expect(answers.map(({ state }) => state)).toEqual(['saved', 'saved', 'saved', 'saved', 'saved'])
  const all = await rows(await idOf(id, 6))
  expect(all.map(([row]) => row)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(all.map(([, species]) => species).sort()).toEqual([
    'a',
    'b',
    'c',
    'd',
    'e',
    'setosa',
    'setosa',
    'virginica',
    'virginica',
  ])
})

test('what is no value of its column is refused, and nothing is made', async () => {
  const id = await begin()
  const refused = (values: Record<string, never>) => save(id, 1, { changed: [{ row: 0, values }] })
  const messages = await Promise.all(
    [{ petal: 'many' }, { seen: '2020-02-30' }, { species: 1 }, { gone: 1 }].map((values) =>
      refused(values as never).then(
        () => 'not refused',
        ({ status, message }) => `${status} ${message}`,
      ),
    ),
  )
  expect(messages).toEqual([
    '422 this is not a number: petal of row 1: "many"',
    '422 this is not a day, as 2020-12-31: seen of row 1: "2020-02-30"',
    '422 this is not a text: species of row 1: 1',
    '422 there is no such column any more: gone',
  ])
  await expect(save(id, 1, { changed: [{ row: 9, values: { petal: 1 } }] })).rejects.toMatchObject({
    message: 'the version that was edited has no such row: 10',
  })
  await expect(save(id, 1, { changed: [{ row: 0, values: { petal: 1.4 } }] })).rejects.toMatchObject({
    message: 'nothing was changed: the newest version has these values already',
  })
  expect(await headOf(id)).toBe(1)
})

test('missing values, empty text, whole numbers of 64 bits and infinity stay what they are', async () => {
  const id = await begin(
    'word,big,ratio,yes,at\na,1,0.5,true,2020-01-01T00:00:00Z\n,2,0.25,false,2020-01-02T00:00:00Z\nnull,3,1.5,true,\n',
  )
  const versionId = await saved(id, 1, {
    changed: [
      { row: 0, values: { word: '', big: '9223372036854775807', ratio: 'Infinity', yes: null } },
      { row: 1, values: { word: 'Infinity', at: '2021-12-31T23:59:59.5Z' } },
    ],
  })
  expect(await rows(versionId)).toEqual([
    [0, '', '9223372036854775807', 'Infinity', null, '2020-01-01T00:00:00Z'],
    [1, 'Infinity', 2, 0.25, false, '2021-12-31T23:59:59.5Z'],
    [2, 'null', 3, 1.5, true, null],
  ])
})

test('a version that is restored is a new one, and no identity of a row comes twice', async () => {
  const id = await begin()
  await saved(id, 1, { deleted: [3], added: [{ species: 'fresh' }] })
  const dataset = { id, name: 'flowers', head: 2 }
  const third = await restoreVersion(dataset, 1, { parent: 2, userId: at.ada.id }, at.store)
  const { rowsAdded, rowsDeleted, origin, hash } = await versionById(at.db, third.id)
  expect([third.number, rowsAdded, rowsDeleted, origin]).toEqual([3, 1, 1, 'restore'])
  expect(hash).toBe((await versionById(at.db, await idOf(id, 1))).hash)
  const fourth = await saved(id, 3, { added: [{ species: 'later' }] })
  expect((await rows(fourth)).at(-1)).toEqual([5, 'later', null, null])
  await expect(
    restoreVersion({ ...dataset, head: 4 }, 1, { parent: 3, userId: at.ada.id }, at.store),
  ).rejects.toMatchObject({
    status: 409,
    code: 'newer_version',
  })
})

test('few edits of many rows are kept beside the base, and read as one', async () => {
  const csv = `n,kind\n${Array.from({ length: 200_010 }, (_, i) => `${i},${i % 2 ? 'odd' : 'even'}`).join('\n')}\n`
  const id = await begin(csv)
  await saved(id, 1, { changed: [{ row: 5, values: { kind: 'five', n: null } }], deleted: [6] })
  const versionId = await saved(id, 2, {
    changed: [{ row: 7, values: { kind: 'seven' } }],
    added: [{ n: -1, kind: 'odd' }],
  })
  const first = await versionById(at.db, await idOf(id, 1))
  const { base, changes, rows: count, columns } = await versionById(at.db, versionId)
  expect([base === first.base, changes === null, count]).toEqual([true, false, 200_010])
  expect(columns).toEqual([
    { name: 'n', type: 'integer', nullable: true },
    { name: 'kind', type: 'text', nullable: false, categories: ['even', 'five', 'odd', 'seven'] },
  ])
  const middle = await at.store.ask('page', { versionId, offset: 4, limit: 4 })
  expect(middle).toEqual({
    total: 200_010,
    ids: [4, 5, 7, 8],
    rows: [
      [4, 'even'],
      [null, 'five'],
      [7, 'seven'],
      [8, 'even'],
    ],
  })
  expect((await at.store.ask('page', { versionId, offset: 200_008, limit: 9 })).ids).toEqual([
    200_009, 200_010,
  ])
  // The one file of it, which whoever computes reads, holds the same.
  const { file } = await at.store.ask('whole', { versionId })
  const whole = await at.duck.use((connection) =>
    readAll(
      connection,
      `SELECT __row, n, kind FROM read_parquet('${file}', file_row_number = true)
       WHERE file_row_number BETWEEN 4 AND 7 OR file_row_number >= 200008 ORDER BY file_row_number`,
    ),
  )
  expect(whole.map(([row, n, kind]) => [Number(row), n === null ? null : Number(n), kind])).toEqual([
    [4, 4, 'even'],
    [5, null, 'five'],
    [7, 7, 'seven'],
    [8, 8, 'even'],
    [200_009, 200_009, 'odd'],
    [200_010, -1, 'odd'],
  ])
  expect((await diff(id, 1, 3)).rows.map(({ row, kind, changed }) => [row, kind, changed])).toEqual([
    [5, 'changed', [0, 1]],
    [6, 'deleted', []],
    [7, 'changed', [1]],
    [200_010, 'added', []],
  ])
})
