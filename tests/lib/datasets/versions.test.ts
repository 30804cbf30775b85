import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDataset, createVersion } from '../../../lib/datasets/create-version'
import { findDataset, listVersions, requireDataset, requireVersion } from '../../../lib/datasets/find'
import { listDatasets } from '../../../lib/datasets/list'
import { eraseDataset, listDatasetTrash, restoreDataset, trashDataset } from '../../../lib/datasets/trash'
import { emptyVersion } from '../../support/datasets'
import { addPerson, installation, type Person } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let ada: Person
beforeAll(async () => {
  at = await installation()
  ada = await addPerson(at.db, 'ada')
})
afterAll(() => at.close())

const create = (name: string) =>
  createDataset(
    { workspaceId: ada.workspaceId, name, version: { ...emptyVersion, createdBy: ada.id } },
    at.db,
  )

test('versions are numbered from 1, and the one made from what is not the newest any more is refused', async () => {
  const { id, version } = await create('numbered')
  const second = await createVersion(id, 1, { ...emptyVersion, rows: 2, message: 'two rows' }, at.db)
  const late = createVersion(id, 1, emptyVersion, at.db)
  await expect(late).rejects.toMatchObject({
    status: 409,
    message: 'a newer version was made meanwhile, look at it first: version 2',
  })
  const versions = await listVersions(at.db, id)
  expect(
    versions.map(({ number, parent, rows, message, createdBy }) => [
      number,
      parent,
      rows,
      message,
      createdBy,
    ]),
  ).toEqual([
    [2, 1, 2, 'two rows', null],
    [1, null, 0, '', 'ada'],
  ])
  expect([version.hash === second.hash, version.number, second.number]).toEqual([true, 1, 2])
})

test('of two who make the next version at once one is refused, and nothing of it stays', async () => {
  const { id } = await create('raced')
  const results = await Promise.allSettled([1, 2, 3, 4].map(() => createVersion(id, 1, emptyVersion, at.db)))
  expect(results.map(({ status }) => status).sort()).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
  ])
  expect((await listVersions(at.db, id)).map(({ number }) => number)).toEqual([2, 1])
})

test('a name is taken once in a workspace, and free again while its data set is in the trash', async () => {
  const first = await create('taken')
  await expect(create('taken')).rejects.toMatchObject({
    status: 409,
    message: 'there is a data set of this name; choose another, or add a version to it: taken',
  })
  await trashDataset(first.id, at.db)
  expect(await findDataset(at.db, ada.workspaceId, 'taken')).toBeUndefined()
  expect((await listDatasetTrash(ada.workspaceId, at.db)).map(({ name }) => name)).toEqual(['taken'])
  const second = await create('taken')
  await expect(restoreDataset(first.id, at.db)).rejects.toMatchObject({ status: 409, code: 'name_taken' })
  await trashDataset(second.id, at.db)
  await restoreDataset(first.id, at.db)
  expect((await requireDataset(at.db, ada.workspaceId, 'taken')).id).toBe(first.id)
})

test('what was erased is gone from the trash with its versions; what is not in the trash is not erased', async () => {
  const { id } = await create('erased')
  await expect(eraseDataset(id, at.db)).rejects.toMatchObject({ status: 404, code: 'not_found' })
  await trashDataset(id, at.db)
  await eraseDataset(id, at.db)
  expect((await listDatasetTrash(ada.workspaceId, at.db)).filter((each) => each.id === id)).toEqual([])
  expect(await listVersions(at.db, id)).toEqual([])
})

test('a version that is not there is refused with those that are', async () => {
  const { id, name } = await create('short')
  await expect(requireVersion(at.db, { id, name, head: 1 }, 3)).rejects.toMatchObject({
    status: 404,
    message: 'short has the versions 1 to 1, not 3',
  })
})

test('the list has each data set with its newest version', async () => {
  const bob = await addPerson(at.db, 'bob')
  const { id } = await createDataset(
    { workspaceId: bob.workspaceId, name: 'b', version: emptyVersion },
    at.db,
  )
  await createVersion(id, 1, { ...emptyVersion, rows: 7, bytes: 70, origin: 'edit' }, at.db)
  await createDataset({ workspaceId: bob.workspaceId, name: 'a', version: emptyVersion }, at.db)
  const listed = await listDatasets(at.db, bob.workspaceId)
  expect(
    listed.map(({ name, version, rows, columns, bytes, origin }) => [
      name,
      version,
      rows,
      columns,
      bytes,
      origin,
    ]),
  ).toEqual([
    ['a', 1, 0, 1, 0, 'upload'],
    ['b', 2, 7, 1, 70, 'edit'],
  ])
})
