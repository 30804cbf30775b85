import { expect, test } from 'vitest'
import { requireVersion } from '../../../../lib/datasets/find'
import { restoreVersion } from '../../../../lib/datasets/restore-version'
import { filesOf } from '../../../../lib/datasets/row-identity'
import { diffKinds } from '../../../../lib/protocol/dataset-diff'
import { withDatasets } from '../../../support/datasets'

const at = withDatasets()

const versionOf = (datasetId: string, number: number) =>
  requireVersion(at.db, { id: datasetId, name: 'flowers', head: number }, number)
const countsOf = async (datasetId: string, number: number) => {
  const { rowsAdded, rowsChanged, rowsDeleted } = await versionOf(datasetId, number)
  return { added: rowsAdded, changed: rowsChanged, deleted: rowsDeleted }
}
const diff = async (datasetId: string, before: number, after: number) =>
  at.store.ask('diff', {
    before: (await versionOf(datasetId, before)).id,
    after: (await versionOf(datasetId, after)).id,
    kinds: [...diffKinds],
    offset: 0,
    limit: 50,
  })

const flowers = 'species,petal\nsetosa,1.4\nsetosa,1.4\nvirginica,5.1\niris,\n'
async function versions(...files: string[]) {
  const [first, ...others] = files
  const { datasetId } = await at.uploads.save('flowers.csv', first!)
  for (const [i, file] of others.entries())
    await at.uploads.save('flowers.csv', file, { target: { datasetId, parent: i + 1 } })
  return datasetId
}

test('of an upload as the next version, rows that were there already are neither added nor deleted', async () => {
  const again = 'species,petal\nnew,0.5\niris,\nvirginica,5.1\nsetosa,1.4\nsetosa,1.4\nsetosa,1.4\n'
  const id = await versions(flowers, again, flowers)
  expect([await countsOf(id, 1), await countsOf(id, 2), await countsOf(id, 3)]).toEqual([
    { added: 4, changed: 0, deleted: 0 },
    { added: 2, changed: 0, deleted: 0 },
    { added: 0, changed: 0, deleted: 2 },
  ])
  const { counts, asWholes, rows } = await diff(id, 1, 2)
  expect({ counts, asWholes }).toEqual({ counts: { added: 2, changed: 0, deleted: 0 }, asWholes: true })
  expect(rows).toEqual([
    { row: 0, kind: 'added', after: ['new', 0.5], changed: [] },
    { row: 5, kind: 'added', after: ['setosa', 1.4], changed: [] },
  ])
  expect((await diff(id, 1, 3)).counts).toEqual({ added: 0, changed: 0, deleted: 0 })
})

test('a row with another value is one deleted and one added, even where both have one number', async () => {
  const id = await versions(flowers, flowers.replace('5.1', '5.2'))
  expect(await countsOf(id, 2)).toEqual({ added: 1, changed: 0, deleted: 1 })
  expect((await diff(id, 1, 2)).rows).toEqual([
    { row: 2, kind: 'deleted', before: ['virginica', 5.1], changed: [] },
    { row: 2, kind: 'added', after: ['virginica', 5.2], changed: [] },
  ])
})

test('columns in another order, a new one, and whole numbers that became others leave rows what they are', async () => {
  const id = await versions('n,name\n1,a\n2,b\n', 'name,n,more\nb,2,x\na,1,y\nc,2.5,z\n')
  expect(await countsOf(id, 2)).toEqual({ added: 1, changed: 0, deleted: 0 })
  const { columns, rows } = await diff(id, 1, 2)
  expect(columns).toEqual([
    { name: 'name', before: 'text', after: 'text' },
    { name: 'n', before: 'integer', after: 'number' },
    { name: 'more', before: null, after: 'text' },
  ])
  expect(rows).toEqual([{ row: 2, kind: 'added', after: ['c', 2.5, 'z'], changed: [] }])
})

test('rows of edited and restored versions are known by their identities, also after an upload', async () => {
  const id = await versions(flowers, flowers.replace('iris', 'lily'))
  const edits = { changed: [{ row: 0, values: { petal: 9 } }], deleted: [], added: [] }
  await at.store.ask('edit', { datasetId: id, parent: 2, message: '', edits, userId: at.ada.id })
  const edited = await diff(id, 2, 3)
  expect([edited.asWholes, edited.counts]).toEqual([false, { added: 0, changed: 1, deleted: 0 }])
  const dataset = { id, name: 'flowers', head: 3 }
  await restoreVersion(dataset, 1, { parent: 3, userId: at.ada.id }, at.store)
  expect(await countsOf(id, 4)).toEqual({ added: 2, changed: 0, deleted: 2 })
  const back = await diff(id, 1, 4)
  expect([back.asWholes, back.counts]).toEqual([false, { added: 0, changed: 0, deleted: 0 }])
})

test('a version made of whichever is the newest counts against that one', async () => {
  const id = await versions(flowers, 'species,petal\nsetosa,1.4\n')
  const bytes = 'species,petal\nsetosa,1.4\nother,2\n'
  await at.uploads.save('flowers.csv', bytes, { target: { datasetId: id, parent: null } })
  expect(await countsOf(id, 3)).toEqual({ added: 1, changed: 0, deleted: 0 })
})

test('an edit keeps the rows of its file, a restored version has those of the one that it restores', () => {
  const step = (number: number, origin: 'upload' | 'edit' | 'restore', hash = String(number)) => ({
    number,
    parent: number > 1 ? number - 1 : null,
    hash,
    origin,
  })
  const steps = [
    step(1, 'upload'),
    step(2, 'edit'),
    step(3, 'upload'),
    step(4, 'restore', '2'),
    step(5, 'edit'),
    step(6, 'restore', '3'),
  ]
  expect([...filesOf(steps)]).toEqual([
    [1, 1],
    [2, 1],
    [3, 3],
    [4, 1],
    [5, 1],
    [6, 3],
  ])
})
