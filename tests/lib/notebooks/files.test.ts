import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { loadState } from '../../../lib/kernels/load'
import { insertCell, toCells } from '../../../lib/notebook/document'
import { renameNotebook } from '../../../lib/notebooks/change'
import { createNotebook } from '../../../lib/notebooks/create'
import { duplicateNotebook, exportNotebook, importNotebook } from '../../../lib/notebooks/files'
import { findNotebook, listNotebooks } from '../../../lib/notebooks/list'
import { trashNotebook } from '../../../lib/notebooks/trash'
import { appendUpdates, compactUpdates, loadDocument } from '../../../lib/notebooks/updates'
import { root } from '../../support/paths'
import { addPerson, installation } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let owner: { workspaceId: string; userId: string }
beforeAll(async () => {
  at = await installation()
  const { id: userId, workspaceId } = await addPerson(at.db, 'Ada')
  owner = { userId, workspaceId }
})
afterAll(() => at.close())

test.each(['iris-clusters.ts', 'income-classifier.ts', 'mnist-digits.ts'])(
  '%s comes out byte for byte as it went in',
  async (name) => {
    const text = await readFile(path.join(root, 'notebooks', name), 'utf8')
    const { id } = await importNotebook({ ...owner, name, text }, at.db)
    expect((await exportNotebook(id, 'ts', at.db)).text).toBe(text)
  },
)

test('an .ipynb keeps its outputs in and out', async () => {
  const text = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { id: 'a', cell_type: 'markdown', metadata: {}, source: ['# A title\n', 'text'] },
      {
        id: 'b',
        cell_type: 'code',
        metadata: {},
        source: 'console.log(1); 2',
        execution_count: 3,
        outputs: [
          { output_type: 'stream', name: 'stdout', text: ['1\n'] },
          { output_type: 'execute_result', execution_count: 3, metadata: {}, data: { 'text/plain': '2' } },
        ],
      },
    ],
  })
  const { id, title } = await importNotebook({ ...owner, name: 'x.ipynb', text }, at.db)
  expect(title).toBe('A title')
  expect((await loadState(id, at.db)).cells.b).toMatchObject({
    state: 'done',
    executionCount: 3,
    outputs: [
      { output_type: 'stream', name: 'stdout', text: '1\n' },
      { output_type: 'execute_result', data: { 'text/plain': '2' }, metadata: {}, execution_count: 3 },
    ],
  })
  const exported = await exportNotebook(id, 'ipynb', at.db)
  expect(exported.name).toBe('a-title.ipynb')
  expect(JSON.parse(exported.text).cells[1].outputs).toHaveLength(2)
})

test.each([
  ['notes.txt', 'hello'],
  ['broken.ipynb', '{"nbformat": 3}'],
])('%s is refused as no notebook', async (name, text) => {
  await expect(importNotebook({ ...owner, name, text }, at.db)).rejects.toMatchObject({
    status: 422,
    code: 'not_a_notebook',
  })
})

test('a list is searched by title in either case, a notebook renamed, copied and deleted', async () => {
  const workspace = { ...owner, workspaceId: (await addPerson(at.db, 'Bob')).workspaceId }
  const { id } = await createNotebook({ ...workspace, title: 'Flower Study 100%' }, at.db)
  await createNotebook({ ...workspace, title: 'Other' }, at.db)
  const titles = async (search = '') =>
    (await listNotebooks(workspace.workspaceId, search, at.db)).map(({ title }) => title)
  expect(await titles('flower')).toEqual(['Flower Study 100%'])
  expect(await titles('%')).toEqual(['Flower Study 100%'])
  await renameNotebook(id, 'Petals', at.db)
  const copy = await duplicateNotebook(id, owner.userId, at.db)
  expect((await titles()).sort()).toEqual(['Other', 'Petals', 'Petals (copy)'])
  await trashNotebook(copy.id, at.db)
  expect(await findNotebook(copy.id, at.db)).toBeUndefined()
})

test('many updates become one, and nothing is lost', async () => {
  const { id } = await createNotebook(owner, at.db)
  const { document } = await loadDocument(id, at.db)
  const updates: Uint8Array[] = []
  document.on('update', (update) => updates.push(update))
  for (let i = 0; i < 20; i++) insertCell(document, i, 'code', `cell ${i}`)
  await appendUpdates(
    updates.map((data) => ({ notebookId: id, data })),
    at.db,
  )
  await compactUpdates(id, at.db)
  const loaded = await loadDocument(id, at.db)
  expect(loaded.updates).toBe(1)
  expect(toCells(loaded.document)).toEqual(toCells(document))
  expect(Y.encodeStateVector(loaded.document)).toEqual(Y.encodeStateVector(document))
})
