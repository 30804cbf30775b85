import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Host } from '../../../app/_server/hosts'
import { createLanguage } from '../../../app/_server/language'
import {
  cellSource,
  deleteCell,
  fillDocument,
  moveCell,
  setCellKind,
  sharedCells,
} from '../../../lib/notebook/document'
import { setSetting } from '../../../lib/notebook/settings'

/** A host that keeps what it is told. */
function fakeHost() {
  const told: unknown[] = []
  let heard = () => {}
  const host = {
    tell: (name: string, message: object) => {
      told.push([name, message])
      heard()
    },
  } as unknown as Host
  return {
    host,
    /** What it was told since the last time, once there is something. */
    async next() {
      if (told.length === 0) await new Promise<void>((done) => (heard = done))
      return told.splice(0)
    },
    told,
  }
}

function open(hosts: { now: Host | undefined }) {
  const document = new Y.Doc()
  fillDocument(document, [
    { id: 'a', kind: 'code', source: 'const a = 1' },
    { id: 't', kind: 'markdown', source: '# a' },
    { id: 'b', kind: 'code', source: 'a' },
  ])
  const language = createLanguage({ of: () => undefined, pick: () => hosts.now })
  language.open('n', document)
  return { document, language }
}

const whole = [
  'language.cells',
  {
    notebookId: 'n',
    whole: true,
    order: ['a', 'b'],
    changed: [
      { id: 'a', kind: 'code', source: 'const a = 1' },
      { id: 'b', kind: 'code', source: 'a' },
    ],
  },
]

test('a host hears of all cells first, then of what changes, gathered', async () => {
  const { host, next } = fakeHost()
  const { document } = open({ now: host })
  expect(await next()).toEqual([whole])
  cellSource(sharedCells(document).get('b')!).insert(1, ' + 1')
  cellSource(sharedCells(document).get('b')!).insert(5, '2')
  expect(await next()).toEqual([
    [
      'language.cells',
      {
        notebookId: 'n',
        whole: false,
        order: ['a', 'b'],
        changed: [{ id: 'b', kind: 'code', source: 'a + 12' }],
      },
    ],
  ])
  moveCell(document, 'b', 0)
  setCellKind(document, 'a', 'markdown')
  deleteCell(document, 't')
  expect(await next()).toEqual([
    [
      'language.cells',
      {
        notebookId: 'n',
        whole: false,
        order: ['b'],
        changed: [{ id: 'b', kind: 'code', source: 'a + 12' }],
      },
    ],
  ])
})

test('a host that comes back hears of everything again, one that is left hears that it is over', async () => {
  const first = fakeHost()
  const second = fakeHost()
  const hosts: { now: Host | undefined } = { now: undefined }
  const { language } = open(hosts)
  hosts.now = first.host
  language.moved()
  expect(await first.next()).toEqual([whole])
  language.moved()
  expect(first.told).toEqual([])
  hosts.now = second.host
  language.moved()
  expect(await first.next()).toEqual([['language.close', { notebookId: 'n' }]])
  expect(await second.next()).toEqual([whole])
})

test('an ask brings the newest text along, and nothing is told when the last page has left', async () => {
  const { host, next, told } = fakeHost()
  const { document, language } = open({ now: host })
  await next()
  language.open('n', document)
  language.close('n')
  cellSource(sharedCells(document).get('a')!).insert(0, '// ')
  expect(told).toEqual([])
  language.ready('n', host)
  expect(told.splice(0)).toEqual([
    [
      'language.cells',
      {
        notebookId: 'n',
        whole: false,
        order: ['a', 'b'],
        changed: [{ id: 'a', kind: 'code', source: '// const a = 1' }],
      },
    ],
  ])
  language.close('n')
  expect(await next()).toEqual([['language.close', { notebookId: 'n' }]])
  cellSource(sharedCells(document).get('a')!).insert(0, '// ')
  language.ready('n', host)
  expect(told).toEqual([])
})

test('cells with type errors are refused where the notebook says so, with the cell, its line and the words', async () => {
  const asked: unknown[] = []
  const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 1 } }
  const warning = { range, severity: 'warning', code: 2304, message: 'Cannot find name' }
  const error = { range, severity: 'error', code: 2322, message: 'Type A is not B.' }
  let problems = [warning, error]
  const host = {
    tell() {},
    ask: async (name: string, message: unknown) => {
      asked.push([name, message])
      return { result: [{ cellId: 'b', text: 1, problems }] }
    },
  } as unknown as Host
  const { document, language } = open({ now: host })
  await language.refuse('n', ['b'])
  await language.refuse('another', ['b'])
  expect(asked).toEqual([])
  setSetting(document, 'typeErrorsBlock', true)
  await expect(language.refuse('n', ['a', 'b'])).rejects.toThrow(
    'cell 3 has a type error in line 3, and this notebook does not run those; correct it, or switch that off in the list of problems: Type A is not B.',
  )
  problems = [warning]
  await language.refuse('n', ['b'])
  const params = (cellIds: string[]) => ({
    notebookId: 'n',
    userId: '',
    method: 'language.check',
    params: { cellIds },
  })
  expect(asked).toEqual([
    ['notebook.ask', params(['a', 'b'])],
    ['notebook.ask', params(['b'])],
  ])
})
