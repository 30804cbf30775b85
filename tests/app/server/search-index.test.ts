import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSearchIndex } from '../../../app/_server/search-index'
import { cellSource, insertCell, sharedCells } from '../../../lib/notebook/document'
import { createNotebook } from '../../../lib/notebooks/create'
import { searchNotebooks } from '../../../lib/notebooks/search'
import { loadDocument } from '../../../lib/notebooks/updates'
import { addPerson, installation } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let owner: { workspaceId: string; userId: string }
beforeAll(async () => {
  at = await installation()
  const { id: userId, workspaceId } = await addPerson(at.db, 'Ada')
  owner = { userId, workspaceId }
})
afterAll(() => at.close())

const found = async (query: string) =>
  (await searchNotebooks(owner.workspaceId, query, at.db)).flatMap(({ lines }) =>
    lines.map(({ text }) => text),
  )

test('search follows the edits of an open notebook, and what was edited as it closed', async () => {
  const { id } = await createNotebook(owner, at.db)
  const { document } = await loadDocument(id, at.db)
  const index = createSearchIndex(at.db)
  index.watch(id, document)
  const cell = insertCell(document, 0, 'code', 'const platypus = 1')
  await index.settled()
  expect(await found('platypus')).toEqual(['const platypus = 1'])
  const text = cellSource(sharedCells(document).get(cell)!)
  text.delete(0, text.length)
  text.insert(0, 'const echidna = 1')
  document.destroy()
  await index.settled()
  expect([await found('platypus'), await found('echidna')]).toEqual([[], ['const echidna = 1']])
})

test('a notebook that is opened again before its edits were gathered is read from its new document', async () => {
  const { id } = await createNotebook(owner, at.db)
  const index = createSearchIndex(at.db)
  index.watch(id, (await loadDocument(id, at.db)).document)
  const { document } = await loadDocument(id, at.db)
  index.watch(id, document)
  insertCell(document, 0, 'code', 'const tardigrade = 8')
  await index.settled()
  expect(await found('tardigrade')).toEqual(['const tardigrade = 8'])
})
