import path from 'node:path'
import { expect, test } from 'vitest'
import { installExamples } from '../../../app/_data/examples/install'
import { requireDataset, requireVersion } from '../../../lib/datasets/find'
import { giveExamples } from '../../../lib/datasets/give-examples'
import { listDatasets } from '../../../lib/datasets/list'
import { trashDataset } from '../../../lib/datasets/trash'
import { withDatasets } from '../../support/datasets'
import { root } from '../../support/paths'
import { addPerson } from '../../support/people'

const files = path.join(root, 'notebooks/data')
const at = withDatasets((at) => installExamples(files, at))

const version = async (name: string) =>
  requireVersion(at.db, await requireDataset(at.db, at.ada.workspaceId, name))
const page = async (name: string, offset: number, limit: number) =>
  at.store.ask('page', { versionId: (await version(name)).id, offset, limit })

test('each workspace is given the examples once, and one that somebody deletes does not come back', async () => {
  expect(await giveExamples(at.db)).toBe(4)
  const listed = await listDatasets(at.db, at.ada.workspaceId)
  expect(listed.map(({ name, rows, columns, origin }) => [name, rows, columns, origin])).toEqual([
    ['income', 32561, 15, 'example'],
    ['iris', 150, 5, 'example'],
    ['mnist', 10000, 2, 'example'],
    ['penguins', 344, 7, 'example'],
  ])
  const eve = await addPerson(at.db, 'eve')
  expect([await giveExamples(at.db), await giveExamples(at.db)]).toEqual([4, 0])
  const iris = await requireDataset(at.db, eve.workspaceId, 'iris')
  await trashDataset(iris.id, at.db)
  expect(await giveExamples(at.db)).toBe(0)
  expect((await listDatasets(at.db, eve.workspaceId)).map(({ name }) => name)).toEqual([
    'income',
    'mnist',
    'penguins',
  ])
})

test('columns say what they hold', async () => {
  expect((await version('penguins')).columns).toEqual([
    { name: 'species', type: 'text', nullable: false, categories: ['Adelie', 'Chinstrap', 'Gentoo'] },
    { name: 'island', type: 'text', nullable: false, categories: ['Biscoe', 'Dream', 'Torgersen'] },
    { name: 'bill_length_mm', type: 'number', nullable: true },
    { name: 'bill_depth_mm', type: 'number', nullable: true },
    { name: 'flipper_length_mm', type: 'integer', nullable: true },
    { name: 'body_mass_g', type: 'integer', nullable: true },
    { name: 'sex', type: 'text', nullable: true, categories: ['FEMALE', 'MALE'] },
  ])
  expect((await version('mnist')).columns).toEqual([
    { name: 'label', type: 'integer', nullable: false },
    { name: 'pixels', type: 'numbers', nullable: false, shape: [28, 28] },
  ])
  expect((await version('income')).columns.slice(0, 2)).toEqual([
    { name: 'age', type: 'integer', nullable: false },
    {
      name: 'workclass',
      type: 'text',
      nullable: false,
      categories: [
        '?',
        'Federal-gov',
        'Local-gov',
        'Never-worked',
        'Private',
        'Self-emp-inc',
        'Self-emp-not-inc',
        'State-gov',
        'Without-pay',
      ],
    },
  ])
})

test('a page has the rows of its place, with what is missing as null', async () => {
  expect(await page('penguins', 2, 2)).toEqual({
    total: 344,
    ids: [2, 3],
    rows: [
      ['Adelie', 'Torgersen', 40.3, 18, 195, 3250, 'FEMALE'],
      ['Adelie', 'Torgersen', null, null, null, null, null],
    ],
  })
  expect(await page('iris', 149, 50)).toEqual({
    total: 150,
    ids: [149],
    rows: [[5.9, 3, 5.1, 1.8, 'virginica']],
  })
  expect(await page('iris', 150, 50)).toEqual({ total: 150, ids: [], rows: [] })
})

test('an image is a list of numbers, row by row', async () => {
  const { rows } = await page('mnist', 0, 1)
  const [label, pixels] = rows[0]!
  const numbers = pixels as number[]
  expect([label, numbers.length, Math.max(...numbers), numbers.reduce((a, b) => a + b)]).toEqual([
    7, 784, 255, 18454,
  ])
})

test('a second installation finds the examples imported', async () => {
  const before = (await version('iris')).base
  await installExamples(files, at)
  expect((await version('iris')).base).toBe(before)
})
