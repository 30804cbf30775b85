import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeFolder, deleteFolder } from '../../../lib/folders/change'
import { createFolder } from '../../../lib/folders/create'
import { listFolders } from '../../../lib/folders/list'
import { createNotebook } from '../../../lib/notebooks/create'
import { duplicateNotebook } from '../../../lib/notebooks/files'
import { findNotebook, listNotebooks } from '../../../lib/notebooks/list'
import { moveNotebook } from '../../../lib/notebooks/move'
import { listTrash, restoreNotebook } from '../../../lib/notebooks/trash'
import { addPerson, installation } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
beforeAll(async () => {
  at = await installation()
})
afterAll(() => at.close())

async function workspace() {
  const { id: userId, workspaceId } = await addPerson(at.db, 'Ada')
  const folder = async (name: string, parentId: string | null = null) =>
    (await createFolder({ workspaceId, parentId, name }, at.db)).id
  const paths = async () => {
    const all = await listFolders(workspaceId, at.db)
    const path = (id: string | null): string => {
      const found = all.find((one) => one.id === id)
      return found ? `${path(found.parentId)}/${found.name}` : ''
    }
    return all.map(({ id }) => path(id)).sort()
  }
  return { userId, workspaceId, folder, paths }
}

test('folders nest, are renamed, and move with what lies in them', async () => {
  const { folder, paths } = await workspace()
  const a = await folder('a')
  const b = await folder('b', a)
  await folder('c', b)
  const d = await folder('d')
  await changeFolder(b, { parentId: d }, at.db)
  await changeFolder(a, { name: 'first' }, at.db)
  expect(await paths()).toEqual(['/d', '/d/b', '/d/b/c', '/first'])
  await changeFolder(b, { parentId: null }, at.db)
  expect(await paths()).toEqual(['/b', '/b/c', '/d', '/first'])
})

test('two folders of one name in one place are refused, by making, renaming and moving', async () => {
  const { folder, paths } = await workspace()
  const a = await folder('a')
  const b = await folder('b')
  const inner = await folder('a', b)
  const taken = { status: 409, code: 'taken' }
  await expect(folder('a')).rejects.toMatchObject(taken)
  await expect(changeFolder(b, { name: 'a' }, at.db)).rejects.toMatchObject(taken)
  await expect(changeFolder(inner, { parentId: null }, at.db)).rejects.toMatchObject(taken)
  expect([a !== inner, await paths()]).toEqual([true, ['/a', '/b', '/b/a']])
})

test('a folder never comes to lie in itself', async () => {
  const { folder, paths } = await workspace()
  const a = await folder('a')
  const b = await folder('b', a)
  const refused = { status: 409, code: 'inside_itself' }
  await expect(changeFolder(a, { parentId: a }, at.db)).rejects.toMatchObject(refused)
  await expect(changeFolder(a, { parentId: b }, at.db)).rejects.toMatchObject(refused)
  const [c, d] = [await folder('c'), await folder('d')]
  const both = await Promise.allSettled([
    changeFolder(c, { parentId: d }, at.db),
    changeFolder(d, { parentId: c }, at.db),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await paths()).length).toBe(4)
})

test('nothing is put into another workspace’s folder', async () => {
  const [mine, other] = [await workspace(), await workspace()]
  const theirs = await other.folder('theirs')
  const own = await mine.folder('own')
  const { id } = await createNotebook(mine, at.db)
  const refused = { status: 404 }
  await expect(mine.folder('x', theirs)).rejects.toMatchObject(refused)
  await expect(changeFolder(own, { parentId: theirs }, at.db)).rejects.toMatchObject(refused)
  await expect(
    moveNotebook({ id, workspaceId: mine.workspaceId, folderId: theirs }, at.db),
  ).rejects.toMatchObject(refused)
  await expect(createNotebook({ ...mine, folderId: theirs }, at.db)).rejects.toMatchObject(refused)
  expect((await findNotebook(id, at.db))?.folderId).toBe(null)
})

test('notebooks of a deleted folder lie in the trash, and come back to the top', async () => {
  const { userId, workspaceId, folder, paths } = await workspace()
  const a = await folder('a')
  const b = await folder('b', a)
  const { id } = await createNotebook({ userId, workspaceId, folderId: b, title: 'deep' }, at.db)
  const copy = await duplicateNotebook(id, userId, at.db)
  expect((await listNotebooks(workspaceId, '', at.db)).map(({ folderId }) => folderId)).toEqual([b, b])
  await moveNotebook({ id: copy.id, workspaceId, folderId: null }, at.db)
  await deleteFolder(a, at.db)
  expect([await paths(), (await listNotebooks(workspaceId, '', at.db)).map(({ title }) => title)]).toEqual([
    [],
    ['deep (copy)'],
  ])
  expect((await listTrash(workspaceId, at.db)).map(({ title }) => title)).toEqual(['deep'])
  await restoreNotebook(id, at.db)
  expect((await findNotebook(id, at.db))?.folderId).toBe(null)
})
