import { afterAll, beforeAll, expect, test } from 'vitest'
import { environmentKey } from '../../../lib/machines/environment-key'
import { stillUsed } from '../../../lib/machines/still-used'
import { noEnvironment } from '../../../lib/notebook/environment'
import { insertNotebook } from '../../../lib/notebooks/create'
import { trashNotebook } from '../../../lib/notebooks/trash'
import { addPerson, installation } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
beforeAll(async () => {
  at = await installation()
})
afterAll(() => at.close())

const nowhere = '00000000-0000-4000-8000-000000000000'

test('used are the packages of all revisions, in the trash too, whatever order their scripts have', async () => {
  const { id: userId, workspaceId } = await addPerson(at.db, 'Ada')
  const of = { workspaceId, userId, title: 'Packages', cells: [] }
  const owned = {
    packages: { 'left-pad': '1' },
    lock: '{ "päckages": "\\n" }\n',
    scripts: ['b', '@a/c', 'B'],
  }
  const plain = { packages: { 'left-pad': '1' }, lock: 'other', scripts: [] }
  await insertNotebook({ ...of, environment: owned }, at.db)
  const trashed = await insertNotebook({ ...of, environment: plain }, at.db)
  await insertNotebook(of, at.db)
  await trashNotebook(trashed.id, at.db)
  const [a, b] = [environmentKey({ ...owned, scripts: ['B', 'b', '@a/c'] }), environmentKey(plain)]
  const unknown = environmentKey({ ...noEnvironment, lock: 'unknown' })
  const asked = { environments: [a, b, unknown, 'no key at all'], notebooks: [trashed.id, nowhere] }
  const { environments, notebooks } = await stillUsed(asked, at.db)
  expect([environments.sort(), notebooks]).toEqual([[a, b].sort(), [trashed.id]])
  const none = { environments: [], notebooks: [] }
  expect(await stillUsed(none, at.db)).toEqual(none)
})
