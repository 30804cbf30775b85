import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeDataset } from '../../../lib/datasets/change-dataset'
import { createDataset, createVersion } from '../../../lib/datasets/create-version'
import { datasetStanding } from '../../../lib/datasets/standing'
import { trashDataset } from '../../../lib/datasets/trash'
import { emptyVersion } from '../../support/datasets'
import { addPerson, installation } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
beforeAll(async () => {
  at = await installation()
})
afterAll(() => at.close())

test('a page hears of a newer version and who made it, of another name and of the trash, in its workspace alone', async () => {
  const [ada, bob] = [await addPerson(at.db, 'ada'), await addPerson(at.db, 'bob')]
  const { workspaceId } = ada
  const { id } = await createDataset({ workspaceId, name: 'flowers', version: emptyVersion }, at.db)
  const standing = () => datasetStanding({ workspaceId, id }, at.db)
  expect(await standing()).toEqual({ name: 'flowers', head: 1, savedBy: null, isTrashed: false })
  await createVersion(id, 1, { ...emptyVersion, createdBy: ada.id }, at.db)
  await changeDataset({ id, name: 'flowers' }, { name: 'plants' }, at.db)
  await trashDataset(id, at.db)
  expect(await standing()).toEqual({ name: 'plants', head: 2, savedBy: 'ada', isTrashed: true })
  for (const asked of [
    { workspaceId: bob.workspaceId, id },
    { workspaceId, id: randomUUID() },
    { workspaceId, id: 'iris' },
  ])
    expect(await datasetStanding(asked, at.db)).toBeNull()
})
