import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { loadState } from '../../../lib/kernels/load'
import { storeEvents } from '../../../lib/kernels/store'
import { insertCell, toCells } from '../../../lib/notebook/document'
import { renameNotebook } from '../../../lib/notebooks/change'
import { createNotebook } from '../../../lib/notebooks/create'
import { duplicateNotebook, exportNotebook, importNotebook } from '../../../lib/notebooks/files'
import { findNotebook, listNotebooks } from '../../../lib/notebooks/list'
import { trashNotebook } from '../../../lib/notebooks/trash'
import { appendUpdates, compactUpdates, loadDocument } from '../../../lib/notebooks/updates'
import type { KernelEvent } from '../../../lib/protocol/events'
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

test('a notebook that only ran is exported byte for byte as it came', async () => {
  const text =
    '// A preamble\r\n\r\n// %% [markdown]   odd title  \r\n//   # Odd\r\n// %%\r\nconst a = 1  \r\n\r\n\r\na'
  const { id } = await importNotebook({ ...owner, name: 'odd.ts', text }, at.db)
  const { document } = await loadDocument(id, at.db)
  const of = { cellId: toCells(document).at(-1)!.id, executionId: 'e' }
  const place = { epoch: 1, at: 1 }
  const ran: KernelEvent[] = [
    { type: 'execution', ...of, ...place, seq: 1, state: 'running', executionCount: 1 },
    { type: 'stream', ...of, ...place, seq: 2, name: 'stdout', text: '1' },
    { type: 'execution', ...of, ...place, seq: 3, state: 'done', executionCount: 1 },
  ]
  await storeEvents(id, ran, [], at.db)
  await compactUpdates(id, at.db)
  expect((await exportNotebook(id, 'ts', at.db)).text).toBe(text)
  expect((await loadState(id, at.db)).cells[of.cellId]?.state).toBe('done')
})

test('what a run does to dependent cells goes out with a file, comes back in, and is copied', async () => {
  const text = '// %%\n1\n\n// %% [settings]\n// {"reactivity":"off"}\n'
  const { id } = await importNotebook({ ...owner, name: 'x.ts', text }, at.db)
  expect((await exportNotebook(id, 'ts', at.db)).text).toBe(text)
  const copy = await duplicateNotebook(id, owner.userId, at.db)
  expect((await exportNotebook(copy.id, 'ts', at.db)).text).toBe(text)
  const { text: jupyter } = await exportNotebook(id, 'ipynb', at.db)
  const again = await importNotebook({ ...owner, name: 'x.ipynb', text: jupyter }, at.db)
  expect((await exportNotebook(again.id, 'ipynb', at.db)).text).toBe(jupyter)
  expect((await exportNotebook(again.id, 'ts', at.db)).text).toBe(text)
})

test('an old notebook of format 3 comes in with its headings and outputs', async () => {
  const old = {
    nbformat: 3,
    nbformat_minor: 0,
    metadata: { name: 'old' },
    worksheets: [
      {
        cells: [
          { cell_type: 'heading', level: 2, metadata: {}, source: ['Results'] },
          {
            cell_type: 'code',
            collapsed: false,
            input: ['let a = 1\n', 'a'],
            language: 'typescript',
            metadata: {},
            prompt_number: 4,
            outputs: [
              { output_type: 'stream', stream: 'stderr', text: 'careful\n' },
              { output_type: 'pyout', prompt_number: 4, text: ['1'], html: '<b>1</b>' },
              { output_type: 'display_data', png: 'iVBORw0KGgo=' },
              { output_type: 'pyerr', ename: 'Error', evalue: 'no', traceback: ['at x'] },
            ],
          },
        ],
      },
    ],
  }
  const { id } = await importNotebook({ ...owner, name: 'old.ipynb', text: JSON.stringify(old) }, at.db)
  const { document } = await loadDocument(id, at.db)
  expect(toCells(document).map(({ kind, source }) => [kind, source])).toEqual([
    ['markdown', '## Results'],
    ['code', 'let a = 1\na'],
  ])
  expect((await loadState(id, at.db)).cells.c2).toMatchObject({
    executionCount: 4,
    outputs: [
      { output_type: 'stream', name: 'stderr', text: 'careful\n' },
      {
        output_type: 'execute_result',
        data: { 'text/plain': '1', 'text/html': '<b>1</b>' },
        execution_count: 4,
      },
      { output_type: 'display_data', data: { 'image/png': 'iVBORw0KGgo=' } },
      { output_type: 'error', ename: 'Error', evalue: 'no', traceback: ['at x'] },
    ],
  })
})

test.each([
  ['notes.txt', 'hello', 'not a .ts or .ipynb file: notes.txt'],
  ['broken.ipynb', '{"nbformat": 4, "cells": [', /^not a notebook: .*JSON.*: broken\.ipynb$/],
  ['list.ipynb', '[]', /^not a notebook: .*: list\.ipynb$/],
  ['no-sheets.ipynb', '{"nbformat": 3}', /^not a notebook: worksheets: .*: no-sheets\.ipynb$/],
  [
    'ancient.ipynb',
    '{"nbformat": 2}',
    'unsupported notebook format: 2; save it as nbformat 4 first: ancient.ipynb',
  ],
  [
    'half.ipynb',
    '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"poem","source":"","metadata":{}}]}',
    /^not a notebook: cells\.0\.cell_type: .*: half\.ipynb$/,
  ],
])('%s is refused with the cause and its name, and nothing is made', async (name, text, message) => {
  const before = (await listNotebooks(owner.workspaceId, '', at.db)).length
  const refused = await importNotebook({ ...owner, name, text }, at.db).catch((error) => error)
  expect([refused.status, refused.code]).toEqual([422, 'not_a_notebook'])
  expect(refused.message).toMatch(message)
  expect((await listNotebooks(owner.workspaceId, '', at.db)).length).toBe(before)
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
