import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { notebookCells } from '../../../drizzle/schema'
import type { Cell } from '../../../lib/notebook/document'
import { insertNotebook } from '../../../lib/notebooks/create'
import { indexCells, indexMissing } from '../../../lib/notebooks/index-cells'
import { searchNotebooks } from '../../../lib/notebooks/search'
import { trashNotebook } from '../../../lib/notebooks/trash'
import { addPerson, installation } from '../../support/people'

let at: Awaited<ReturnType<typeof installation>>
let owner: { workspaceId: string; userId: string }
beforeAll(async () => {
  at = await installation()
  const { id: userId, workspaceId } = await addPerson(at.db, 'Ada')
  owner = { userId, workspaceId }
})
afterAll(() => at.close())

const cells = (...sources: string[]): Cell[] =>
  sources.map((source, i) => ({ id: `c${i + 1}`, kind: 'code', source }))
const notebook = async (title: string, ...sources: string[]) =>
  (await insertNotebook({ ...owner, title, cells: cells(...sources) }, at.db)).id
const find = async (query: string, workspaceId = owner.workspaceId) =>
  (await searchNotebooks(workspaceId, query, at.db)).map(({ title, lines }) => [
    title,
    ...lines.map(({ cellId, text }) => `${cellId}: ${text}`),
  ])

test('a part of a word is found in titles and cells, in either case, with its line', async () => {
  await notebook('Whales', 'const a = 1', 'import { op } from "arquero"\nconst table = readWhales(op)')
  expect(await find('readwhal')).toEqual([['Whales', 'c2: const table = readWhales(op)']])
  expect(await find('WHALES')).toEqual([['Whales', 'c2: const table = readWhales(op)']])
  expect(await find('arquero readWhales')).toEqual([['Whales', 'c2: import { op } from "arquero"']])
  expect([await find('whales nothing'), await find('  ')]).toEqual([[], []])
})

test('titles come first; what LIKE reads as a pattern is text', async () => {
  const percent = await notebook('Other', 'print("100% sure_thing \\\\ done")')
  await notebook('100% sure', '')
  expect(await find('100% sure')).toEqual([
    ['100% sure'],
    ['Other', 'c1: print("100% sure_thing \\\\ done")'],
  ])
  expect([await find('100_'), await find('sureXthing'), (await find('\\\\ done')).length]).toEqual([
    [],
    [],
    1,
  ])
  await trashNotebook(percent, at.db)
  expect(await find('sure_thing')).toEqual([])
})

test('another workspace’s notebooks are not found', async () => {
  const other = await addPerson(at.db, 'Eve')
  await notebook('Secret plan', 'const secretPlan = 1')
  expect(await find('secretPlan', other.workspaceId)).toEqual([])
})

test('edits, moves and deletions of cells are followed; NUL and halves of pairs are stored as what they can be', async () => {
  const id = await notebook('Followed', 'first', 'second')
  await indexCells(id, cells('zeroth \0\ud83d', 'second'), at.db)
  const rows = await at.db.select().from(notebookCells).where(eq(notebookCells.notebookId, id))
  expect(rows.map(({ cellId, position, source }) => [cellId, position, source]).sort()).toEqual([
    ['c1', 0, 'zeroth \ufffd'],
    ['c2', 1, 'second'],
  ])
  await indexCells(id, cells().concat({ id: 'c2', kind: 'code', source: 'second' }), at.db)
  expect((await find('zeroth')).length).toBe(0)
})

test('notebooks from before there was an index are read once', async () => {
  const id = await notebook('Old', 'oldest words')
  await at.db.delete(notebookCells).where(eq(notebookCells.notebookId, id))
  expect(await find('oldest')).toEqual([])
  expect(await indexMissing(at.db)).toBe(1)
  expect(await find('oldest')).toEqual([['Old', 'c1: oldest words']])
  expect(await indexMissing(at.db)).toBe(0)
})

test('a long line is cut around what was found', async () => {
  await notebook('Long', `${'x'.repeat(300)} needle ${'y'.repeat(300)}`)
  const [[, line]] = (await find('needle')) as [string[]]
  expect(line).toMatch(/^c1: … x{39} needle y{113} …$/)
})
