import { expect, test } from 'vitest'
import { changeDataset } from '../../../../lib/datasets/change-dataset'
import { findDataset, versionById } from '../../../../lib/datasets/find'
import type { ColumnType } from '../../../../lib/protocol/dataset'
import { withDatasets } from '../../../support/datasets'

const at = withDatasets()

/** A data set of one column of texts. */
async function column(...values: string[]) {
  const made = await at.uploads.save('x.csv', ['x', ...values, ''].join('\n'), {
    columns: [{ name: 'x', type: 'text', keep: true }],
  })
  const measure = (type: ColumnType, dayFirst = false) =>
    at.store.ask('fit', { versionId: made.version.id, column: 'x', type, dayFirst })
  const convert = (parent: number, type: ColumnType, more = {}) =>
    at.store.ask('convert', {
      datasetId: made.datasetId,
      parent,
      column: 'x',
      type,
      dayFirst: false,
      misfitsAsMissing: false,
      message: '',
      userId: at.ada.id,
      ...more,
    })
  return { ...made, measure, convert }
}
const values = async (versionId: string) =>
  (await at.store.ask('page', { versionId, offset: 0, limit: 10 })).rows.map(([value]) => value)

test('what does not fit is counted and named with its row, and forbids the type unless it may be missing', async () => {
  const { measure, convert } = await column('1', 'two', '3', 'NA', 'four')
  expect(await measure('integer')).toEqual({
    values: 4,
    misfits: {
      count: 2,
      examples: [
        { row: 2, value: 'two' },
        { row: 5, value: 'four' },
      ],
    },
  })
  await expect(convert(1, 'integer')).rejects.toMatchObject({
    status: 422,
    message: '2 values are no integer; choose another type or let them be missing: x, row 2: two',
  })
  const { id, number } = await convert(1, 'integer', { misfitsAsMissing: true })
  expect([number, await values(id)]).toEqual([2, [1, null, 3, null, null]])
  const { columns, message, rowsChanged, rowsAdded } = await versionById(at.db, id)
  expect({ columns, message, rowsChanged, rowsAdded }).toEqual({
    columns: [{ name: 'x', type: 'integer', nullable: true }],
    message: 'x: text → integer',
    rowsChanged: 2,
    rowsAdded: 0,
  })
})

test('one type after the other: numbers, texts, days and moments', async () => {
  const days = await column('1/2/2020', '13/2/2020')
  expect((await days.measure('date')).misfits.count).toBe(1)
  const dated = await days.convert(1, 'date', { dayFirst: true })
  expect(await values(dated.id)).toEqual(['2020-02-01', '2020-02-13'])
  const moments = await days.convert(2, 'datetime')
  expect(await values(moments.id)).toEqual(['2020-02-01T00:00:00Z', '2020-02-13T00:00:00Z'])
  expect(await values((await days.convert(3, 'date')).id)).toEqual(['2020-02-01', '2020-02-13'])
  const numbers = await column('1', '0')
  expect(await values((await numbers.convert(1, 'boolean')).id)).toEqual([true, false])
  expect(await values((await numbers.convert(2, 'number')).id)).toEqual([1, 0])
  expect(await values((await numbers.convert(3, 'text')).id)).toEqual(['1.0', '0.0'])
  await expect(numbers.convert(4, 'text')).rejects.toMatchObject({ status: 422, code: 'no_change' })
})

test('of an older version no column is converted, nor one that is not there', async () => {
  const { convert } = await column('1', '2')
  await convert(1, 'integer')
  await expect(convert(1, 'number')).rejects.toMatchObject({ status: 409, code: 'newer_version' })
  await expect(convert(2, 'number', { column: 'y' })).rejects.toMatchObject({
    message: 'this version has no column of this name: y',
  })
})

test('a data set is renamed and described; a name that is taken is refused', async () => {
  const first = await column('1')
  const second = await column('2')
  const dataset = (await findDataset(at.db, at.ada.workspaceId, first.name))!
  await changeDataset(dataset, { name: 'renamed', description: 'One number.' }, at.db)
  const found = await findDataset(at.db, at.ada.workspaceId, 'renamed')
  expect([found?.id, found?.description]).toEqual([dataset.id, 'One number.'])
  await expect(changeDataset(found!, { name: second.name }, at.db)).rejects.toMatchObject({
    status: 409,
    message: `there is a data set of this name; choose another: ${second.name}`,
  })
})
