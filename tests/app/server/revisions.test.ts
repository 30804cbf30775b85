import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createRevisions } from '../../../app/_server/revisions'
import { cellIds, cellSource, insertCell, sharedCells } from '../../../lib/notebook/document'
import { createNotebook } from '../../../lib/notebooks/create'
import { loadDocument } from '../../../lib/notebooks/updates'
import { findRevision, listRevisions } from '../../../lib/revisions/list'
import { ask, connectHost, openPage } from '../../support/web'
import { withWeb } from '../../support/with-web'

const at = withWeb()

const notebook = async () =>
  (await createNotebook({ workspaceId: at.owner.workspaceId, userId: at.owner.id }, at.db)).id
const page = async (id: string) => at.opened(await openPage(at.web.origin, at.owner.cookie, id))
const reasons = async (id: string) => (await listRevisions(id, undefined, at.db)).map(({ reason }) => reason)
/** Resolves when a page hears that its history is another. */
const revised = ({ socket }: Awaited<ReturnType<typeof page>>) =>
  new Promise<void>((resolve) => socket.once('notebook.revised', resolve))

test('a run keeps what it runs, once', async () => {
  const id = await notebook()
  const host = at.opened(await connectHost(at.web.origin, at.config.machineToken))
  host.socket.on('kernel.start', (_, reply) => reply({ ok: true }))
  host.socket.on('kernel.execute', (_, reply) => reply({ ok: true }))
  const { document, ...a } = await page(id)
  await a.edit((doc) => cellSource(sharedCells(doc).get(cellIds(doc)[0]!)!).insert(0, '1 + 1'))
  const run = () =>
    ask(a.socket, 'kernel.execute', {
      cellIds: cellIds(document),
      stateVector: Y.encodeStateVector(document),
    })
  const heard = revised({ document, ...a })
  expect(await run()).toMatchObject({ ok: true })
  await heard
  expect(await run()).toMatchObject({ ok: true })
  await ask(a.socket, 'notebook.revise', { stateVector: Y.encodeStateVector(document) })
  expect(await reasons(id)).toEqual(['run', 'created'])
})

test('edits are kept when the last page leaves, not before', async () => {
  const id = await notebook()
  const [a, b] = [await page(id), await page(id)]
  await a.edit((doc) => insertCell(doc, 0, 'code', 'left behind'))
  expect(await ask(a.socket, 'notebook.leave', {})).toEqual({ ok: true })
  expect(await reasons(id)).toEqual(['created'])
  expect(await ask(b.socket, 'notebook.leave', {})).toEqual({ ok: true })
  await expect.poll(() => reasons(id)).toEqual(['idle', 'created'])
})

test('edits become a revision of their editor when hands rest; what a killed process left unsaved is found', async () => {
  const id = await notebook()
  const { document } = await loadDocument(id, at.db)
  const author = async () =>
    (await listRevisions(id, undefined, at.db)).map((line) => [line.reason, line.author])
  let heard = () => {}
  const changed = () => new Promise<void>((resolve) => (heard = resolve))
  const revisions = createRevisions(at.db, () => heard(), { rest: 5 })
  revisions.watch(id, document)
  let next = changed()
  const update = new Y.Doc()
  insertCell(update, 0, 'code', 'typed')
  Y.applyUpdate(document, Y.encodeStateAsUpdate(update), { userId: at.owner.id })
  await next
  expect(await author()).toEqual([
    ['idle', 'owner'],
    ['created', 'owner'],
  ])
  insertCell(document, 0, 'code', 'lost')
  document.destroy()
  const later = createRevisions(at.db, () => heard(), { rest: 5 })
  const { document: found } = await loadDocument(id, at.db)
  insertCell(found, 0, 'code', 'found')
  next = changed()
  later.left(id, found)
  await next
  expect((await author())[0]).toEqual(['idle', null])
})

test('a restore is recorded with what it brought back, after the present was kept', async () => {
  const id = await notebook()
  const a = await page(id)
  const [created] = await listRevisions(id, undefined, at.db)
  await a.edit((doc) => insertCell(doc, 0, 'code', 'present'))
  const stateVector = () => Y.encodeStateVector(a.document)
  await ask(a.socket, 'notebook.revise', { stateVector: stateVector() })
  await a.edit((doc) => sharedCells(doc).delete(cellIds(doc)[0]!))
  await ask(a.socket, 'notebook.revise', { stateVector: stateVector(), restored: created!.id })
  const lines = await listRevisions(id, undefined, at.db)
  expect(lines.map(({ reason, restoredFrom }) => [reason, restoredFrom])).toEqual([
    ['restore', created!.id],
    ['idle', null],
    ['created', null],
  ])
})

/** A document that is nobody else's, and its history: each line's reason, author and cells. */
async function alone(times: { rest?: number; burst?: number }) {
  const id = await notebook()
  const { document } = await loadDocument(id, at.db)
  const revisions = createRevisions(at.db, () => {}, times)
  revisions.watch(id, document)
  const first = cellSource(sharedCells(document).get(cellIds(document)[0]!)!)
  return {
    document,
    revisions,
    type: (text: string) =>
      document.transact(() => first.insert(first.length, text), { userId: at.owner.id }),
    ranItself: () => revisions.ranItself(id, document, at.owner.id),
    ran: () => revisions.ran(id, document, at.owner.id),
    async history() {
      const lines = await listRevisions(id, undefined, at.db)
      const contents = await Promise.all(lines.map((line) => findRevision(id, line.id, at.db)))
      return lines.map(({ reason, author }, i) => [reason, author, contents[i]!.content.cells[0]!.source])
    },
  }
}

test('of a burst of runs that nobody asked for the last is kept, as it ran', async () => {
  const { type, ranItself, history } = await alone({ burst: 40 })
  for (const text of ['a', 'b', 'c']) {
    type(text)
    ranItself()
  }
  type(' not run')
  await expect.poll(history).toEqual([
    ['run', 'owner', 'abc'],
    ['created', 'owner', ''],
  ])
})

test('a burst ends where a person runs cells, and when web ends', async () => {
  const { type, ranItself, ran, history, revisions } = await alone({ burst: 1e6 })
  type('a')
  ranItself()
  type('b')
  ran()
  type('c')
  ranItself()
  await revisions.settled()
  expect((await history()).map(([, , text]) => text)).toEqual(['abc', 'ab', 'a', ''])
})

test('moves of a slider keep nothing where nothing was edited, and what was edited once', async () => {
  const { type, ranItself, history, revisions, document } = await alone({ burst: 1e6 })
  ranItself()
  await revisions.settled()
  type('a')
  for (let i = 0; i < 100; i++) ranItself()
  document.destroy()
  await revisions.settled()
  expect((await history()).map(([, , text]) => text)).toEqual(['a', ''])
})
