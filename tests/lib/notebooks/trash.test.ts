import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { notebooks } from '../../../drizzle/schema'
import { createNotebook } from '../../../lib/notebooks/create'
import { findNotebook, listNotebooks } from '../../../lib/notebooks/list'
import {
  eraseNotebook,
  listTrash,
  restoreNotebook,
  sweepTrash,
  trashNotebook,
} from '../../../lib/notebooks/trash'
import { subscribe } from '../../../lib/signals'
import { addPerson, installation } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let owner: { workspaceId: string; userId: string }
beforeAll(async () => {
  at = await installation()
  const { id: userId, workspaceId } = await addPerson(at.db, 'Ada')
  owner = { userId, workspaceId }
})
afterAll(() => at.close())

const notebook = async (title: string) => (await createNotebook({ ...owner, title }, at.db)).id
const titles = async () => ({
  listed: (await listNotebooks(owner.workspaceId, '', at.db)).map(({ title }) => title),
  trash: (await listTrash(owner.workspaceId, at.db)).map(({ title }) => title),
})
const thrownAway = (id: string, days: number) =>
  at.db
    .update(notebooks)
    .set({ trashedAt: sql`now() - make_interval(days => ${days})` })
    .where(eq(notebooks.id, id))

test('a notebook goes into the trash, which ends its kernel and pages at once, and comes back', async () => {
  const id = await notebook('kept')
  const heard: unknown[] = []
  const unsubscribe = subscribe((signal) => heard.push(signal))
  await trashNotebook(id, at.db)
  unsubscribe()
  expect(heard).toEqual([{ type: 'notebook_deleted', notebookId: id }])
  expect([await titles(), await findNotebook(id, at.db)]).toEqual([
    { listed: [], trash: ['kept'] },
    undefined,
  ])
  await restoreNotebook(id, at.db)
  expect(await titles()).toEqual({ listed: ['kept'], trash: [] })
})

test('only what lies in the trash is erased', async () => {
  const id = await notebook('safe')
  await eraseNotebook(id, at.db)
  expect((await findNotebook(id, at.db))?.title).toBe('safe')
  await trashNotebook(id, at.db)
  await eraseNotebook(id, at.db)
  expect((await titles()).trash).toEqual([])
})

test('after thirty days the trash is emptied', async () => {
  const [old, recent] = [await notebook('old'), await notebook('recent')]
  await thrownAway(old, 31)
  await thrownAway(recent, 29)
  expect(await sweepTrash(at.db)).toBe(1)
  expect((await titles()).trash).toEqual(['recent'])
})
