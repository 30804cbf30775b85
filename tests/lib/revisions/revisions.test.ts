import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revisionContents, revisions } from '../../../drizzle/schema'
import type { RevisionContent } from '../../../lib/notebook/revision-content'
import { defaultSettings } from '../../../lib/notebook/settings'
import { createNotebook } from '../../../lib/notebooks/create'
import { findRevision, listRevisions } from '../../../lib/revisions/list'
import { nameRevision, type RevisionReason, saveRevision } from '../../../lib/revisions/save'
import { thinRevisions } from '../../../lib/revisions/thin'
import { addPerson, installation } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let owner: { workspaceId: string; userId: string }
beforeAll(async () => {
  at = await installation()
  const { id: userId, workspaceId } = await addPerson(at.db, 'Ada')
  owner = { userId, workspaceId }
})
afterAll(() => at.close())

const stateVector = new Uint8Array([0])
const content = (source: string): RevisionContent => ({
  cells: [{ id: 'a', kind: 'code', source, attributes: {} }],
  settings: defaultSettings,
})
const notebook = async () => (await createNotebook(owner, at.db)).id
const save = (notebookId: string, source: string, reason: RevisionReason, name?: string) =>
  saveRevision(
    { notebookId, content: content(source), stateVector, reason, userId: owner.userId, name },
    at.db,
  )
const history = async (id: string) =>
  (await listRevisions(id, undefined, at.db)).map(({ reason, name, author }) => [reason, name, author])
const count = async (id: string) => at.db.$count(revisionContents, eq(revisionContents.notebookId, id))

test('history says what was kept, why and by whom, the newest first; what reads alike is kept once', async () => {
  const id = await notebook()
  await save(id, 'one', 'run')
  const [same, two] = [await save(id, 'one', 'run'), await save(id, 'two', 'idle')]
  const back = await save(id, 'one', 'restore')
  expect([same.kept, two.kept, back.kept]).toEqual([false, true, true])
  expect(await history(id)).toEqual([
    ['restore', null, 'Ada'],
    ['idle', null, 'Ada'],
    ['run', null, 'Ada'],
    ['created', null, 'Ada'],
  ])
  expect(await count(id)).toBe(3)
  expect((await findRevision(id, back.id, at.db)).content).toEqual(content('one'))
})

test('a name goes to the newest revision where nothing was edited, and can be changed', async () => {
  const id = await notebook()
  const { id: one } = await save(id, 'one', 'run')
  expect(await save(id, 'one', 'named', 'before the split')).toEqual({ id: one, kept: true })
  expect((await history(id))[0]).toEqual(['run', 'before the split', 'Ada'])
  expect(await nameRevision(id, one, null, at.db)).toBe(true)
  expect((await history(id))[0]).toEqual(['run', null, 'Ada'])
})

test('a revision of another notebook is none', async () => {
  const [id, other] = [await notebook(), await notebook()]
  const { id: one } = await save(other, 'one', 'run')
  expect(await nameRevision(id, one, 'mine', at.db)).toBe(false)
  for (const wrong of [one, 'x'])
    await expect(findRevision(id, wrong, at.db)).rejects.toMatchObject({ status: 404 })
})

test('a week back the last of an hour stays, ninety days back that of a day; names, the first and the newest for good', async () => {
  const id = await notebook()
  const ages = { fresh: 1, named: 24 * 100, week1: 24 * 8, week2: 24 * 8, day1: 24 * 95, day2: 24 * 95 }
  for (const [source, hours] of Object.entries(ages)) {
    const { id: saved } = await save(id, source, 'run', source === 'named' ? 'kept' : undefined)
    const minute = source.endsWith('2') ? 20 : 10
    await at.db
      .update(revisions)
      .set({
        createdAt: sql`date_trunc('hour', now()) - make_interval(hours => ${hours}, mins => ${-minute})`,
      })
      .where(eq(revisions.id, saved))
  }
  await at.db
    .update(revisions)
    .set({ createdAt: sql`now() - interval '200 days'` })
    .where(eq(revisions.reason, 'created'))
  await thinRevisions(at.db)
  const left = await Promise.all(
    (await listRevisions(id, undefined, at.db)).map(
      async (r) => (await findRevision(id, r.id, at.db)).content,
    ),
  )
  expect(left.map(({ cells }) => cells[0]!.source)).toEqual(['fresh', 'week2', 'day2', 'named', ''])
  expect(await count(id)).toBe(5)
  expect(await thinRevisions(at.db)).toBe(0)
})
