import { expect, test } from 'vitest'
import type { TableQuery } from '../../../../lib/protocol/tables'
import { withDatasets } from '../../../support/datasets'

const csv = [
  'name,age,paid,since',
  'Ada,36,true,2020-01-01',
  'bob,,false,2021-06-01',
  'Cäsar,55,,2022-01-01',
  '"d, e",36,true,',
  '',
].join('\n')
let versionId: string
const at = withDatasets(async ({ uploads }) => {
  versionId = (await uploads.save('people.csv', csv)).version.id
})

const all: TableQuery = { sort: [], filters: [], search: '' }
async function found(query: Partial<TableQuery>, offset = 0, limit = 10) {
  const page = await at.store.ask('page', { versionId, query: { ...all, ...query }, offset, limit })
  return [page.total, page.ids]
}

test('rows are sorted by several columns, missing values last either way, equal ones in their order', async () => {
  expect(await found({ sort: [{ column: 1, descending: false }] })).toEqual([4, [0, 3, 2, 1]])
  expect(await found({ sort: [{ column: 1, descending: true }] })).toEqual([4, [2, 0, 3, 1]])
  const two = [
    { column: 1, descending: false },
    { column: 0, descending: true },
  ]
  expect(await found({ sort: two })).toEqual([4, [3, 0, 2, 1]])
  expect(await found({ sort: two }, 1, 2)).toEqual([4, [0, 2]])
})

test('rows are filtered by ranges, values, texts, and by what is missing', async () => {
  expect(await found({ filters: [{ op: 'range', column: 1, min: 36, max: 54.5 }] })).toEqual([2, [0, 3]])
  expect(await found({ filters: [{ op: 'range', column: 3, min: Date.UTC(2021, 0) }] })).toEqual([2, [1, 2]])
  expect(await found({ filters: [{ op: 'in', column: 2, values: [true, null] }] })).toEqual([3, [0, 2, 3]])
  expect(await found({ filters: [{ op: 'in', column: 1, values: [55] }] })).toEqual([1, [2]])
  expect(await found({ filters: [{ op: 'contains', column: 0, text: 'CÄ' }] })).toEqual([1, [2]])
  expect(await found({ filters: [{ op: 'null', column: 1, not: true }] })).toEqual([3, [0, 2, 3]])
  expect(await found({ search: '2020' })).toEqual([1, [0]])
  expect(await found({ search: "it's" })).toEqual([0, []])
})

test('what a version has no column for is refused', async () => {
  await expect(found({ filters: [{ op: 'null', column: 9, not: false }] })).rejects.toMatchObject({
    status: 400,
    message: 'the version has 4 columns, not: 10',
  })
  await expect(found({ filters: [{ op: 'range', column: 0, min: 1 }] })).rejects.toMatchObject({
    status: 400,
    message: 'a column of text has no ranges: name',
  })
})

test('columns may have the names that queries give other things', async () => {
  const lines = Array.from({ length: 200_100 }, (_, i) => `${i},x,${i % 2 === 0},${i % 10}`)
  const { datasetId, version } = await at.uploads.save(
    'names.csv',
    `place,nth,is_gone,count\n${lines.join('\n')}\n`,
  )
  const query = { ...all, sort: [{ column: 0, descending: true }] }
  const sorted = await at.store.ask('page', { versionId: version.id, query, offset: 0, limit: 1 })
  expect(sorted.rows).toEqual([[200_099, 'x', false, 9]])
  const edits = { changed: [{ row: 1, values: { place: -1 } }], deleted: [0], added: [] }
  const edited = await at.store.ask('edit', { datasetId, parent: 1, message: '', edits, userId: null })
  if (edited.state !== 'saved') throw new Error('it was not saved')
  const page = await at.store.ask('page', { versionId: edited.version.id, offset: 0, limit: 2 })
  expect(page.rows).toEqual([
    [-1, 'x', false, 1],
    [2, 'x', true, 2],
  ])
})
