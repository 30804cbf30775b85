import { expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  cellSource,
  deleteCell,
  insertCell,
  setCellAttribute,
  sharedCells,
} from '../../../../lib/notebook/document'
import { setSetting } from '../../../../lib/notebook/settings'
import { createNotebook } from '../../../../lib/notebooks/create'
import type { ClientMessages } from '../../../../lib/protocol/client'
import type { KernelEventBody } from '../../../../lib/protocol/events'
import type { WebToHost } from '../../../../lib/protocol/hosts'
import { listRevisions } from '../../../../lib/revisions/list'
import { ask, connectHost, openPage, serveWeb } from '../../../support/web'
import { withWeb } from '../../../support/with-web'

const at = withWeb()

type Message = Parameters<WebToHost['kernel.execute']>[0]

/** A notebook with these cells, its page, and a host that ends each execution at once, well unless its text throws. */
async function notebook(...sources: string[]) {
  const { id } = await createNotebook({ workspaceId: at.owner.workspaceId, userId: at.owner.id }, at.db)
  const page = await openPage(at.web.origin, at.owner.cookie, id)
  at.opened(page)
  const ids: string[] = []
  await page.edit((document) => {
    for (const cell of [...sharedCells(document).keys()]) deleteCell(document, cell)
    for (const source of sources) ids.push(insertCell(document, ids.length, 'code', source))
  })
  const name = (cellId: string) => 'abcdefgh'[ids.indexOf(cellId)] ?? cellId
  const machine = await connectHost(at.web.origin, at.config.machineToken)
  at.opened(machine)
  let position = { epoch: 0, seq: 0 }
  let count = 0
  const messages: Message[] = []
  let heard = () => {}
  const say = async (...bodies: KernelEventBody[]) => {
    const events = bodies.map((body) => {
      position = { epoch: position.epoch, seq: position.seq + 1 }
      return { ...body, ...position, at: 0 }
    })
    await machine.send(id, events)
    await page.sees(({ position: seen }) => seen.epoch === position.epoch && seen.seq >= position.seq)
  }
  machine.socket.on('kernel.start', async ({ epoch }, reply) => {
    position = { epoch, seq: 0 }
    reply({ ok: true })
    await say({ type: 'status', state: 'idle' })
  })
  machine.socket.on('kernel.execute', async (message, reply) => {
    reply({ ok: true })
    await say(
      ...message.cells.flatMap(({ cellId, executionId, ...asked }): KernelEventBody[] => {
        const of = { type: 'execution', cellId, executionId } as const
        const state = asked.source.includes('throw') ? 'failed' : 'done'
        return [
          { ...of, state: 'queued', asked },
          { ...of, state: 'running', executionCount: ++count },
          { ...of, state },
        ]
      }),
    )
    messages.push(message)
    heard()
  })
  return {
    id,
    page,
    ids,
    machine,
    /** Asks, and gives the cells that the host was sent, by letter, or what was refused. */
    async run(cells: string, plan?: ClientMessages['kernel.execute']['plan']) {
      const before = messages.length
      const cellIds = [...cells].map((letter) => ids['abcdefgh'.indexOf(letter)]!)
      const stateVector = Y.encodeStateVector(page.document)
      const answer = await ask(page.socket, 'kernel.execute', { cellIds, plan, stateVector })
      if (!answer.ok) throw new Error(answer.error.code)
      await expect.poll(() => messages.length).toBe(before + Number(answer.executions.length > 0))
      const ran = answer.executions.map(({ cellId }) => name(cellId)).join('')
      const blocked = answer.blocked.map(({ cellId, by }) => `${name(cellId)} by ${by.map(name)}`)
      return blocked.length > 0 ? [ran, ...blocked] : ran
    },
    edit: (letter: string, source: string) =>
      page.edit((document) => {
        const text = cellSource(sharedCells(document).get(ids['abcdefgh'.indexOf(letter)]!)!)
        document.transact(() => {
          text.delete(0, text.length)
          text.insert(0, source)
        })
      }),
    set: (change: (document: Y.Doc) => void) => page.edit(change),
    messages,
    cellsOf: (message: Message) => message.cells.map(({ cellId }) => name(cellId)).join(''),
    next: () =>
      new Promise<Message>((resolve) => {
        heard = () => resolve(messages.at(-1)!)
      }),
  }
}
const chain = ['const x = 1', 'const y = x + 1', 'y * 2', 'const other = 1']

test('a cell runs after its stale ancestors, in one message that says what waits for what', async () => {
  const { run, messages, ids } = await notebook(...chain)
  expect(await run('c')).toBe('abc')
  const [a, b, c] = ids
  expect(messages[0]?.cells.map(({ cellId, source, inputs }) => ({ cellId, source, inputs }))).toEqual([
    { cellId: a, source: 'const x = 1', inputs: [] },
    { cellId: b, source: 'const y = x + 1', inputs: [a] },
    { cellId: c, source: 'y * 2', inputs: [b] },
  ])
  expect([await run('c'), await run('d')]).toEqual(['c', 'd'])
})

test('after an edit exactly its dependants are stale, after its undoing none', async () => {
  const { run, edit } = await notebook(...chain)
  await run('abcd')
  expect(await run('', 'stale')).toBe('')
  await edit('b', 'const y = x + 2')
  await edit('b', 'const y = x + 1')
  expect(await run('', 'stale')).toBe('')
  await edit('b', 'const y = x + 2')
  expect(await run('', 'stale')).toBe('bc')
})

test('a web process that starts anew knows what is stale', async () => {
  const { run, edit, id, page } = await notebook(...chain)
  await run('abcd')
  await edit('a', 'const x = ')
  const other = await serveWeb(at.db)
  at.opened(other)
  const elsewhere = await openPage(other.origin, at.owner.cookie, id)
  at.opened(elsewhere)
  const machine = await connectHost(other.origin, at.config.machineToken, [
    { notebookId: id, position: page.state().position },
  ])
  at.opened(machine)
  machine.socket.on('kernel.execute', (_, reply) => reply({ ok: true }))
  const stateVector = Y.encodeStateVector(elsewhere.document)
  const answer = await ask(elsewhere.socket, 'kernel.execute', { cellIds: [], plan: 'stale', stateVector })
  const count = answer.ok && answer.executions.length
  expect(count).toBe(3)
})

test('pages are told of names as they change, and of cells that are no more', async () => {
  const { page, edit, set, ids } = await notebook('const x = 1')
  const told = () => new Promise((resolve) => page.socket.once('notebook.analyses', resolve))
  const first = told()
  await edit('a', 'const renamed = x')
  expect(await first).toMatchObject({ [ids[0]!]: { defs: ['renamed'], refs: ['x'] } })
  const second = told()
  await set((document) => deleteCell(document, ids[0]!))
  expect(await second).toEqual({ [ids[0]!]: null })
})

test('a manual cell that never ran stops what depends on it, and lends its old value later', async () => {
  const { run, edit, set, ids } = await notebook(...chain)
  await set((document) => setCellAttribute(document, ids[1]!, 'manual', true))
  expect(await run('cd')).toEqual(['d', 'c by b'])
  expect(await run('b')).toBe('ab')
  expect(await run('c')).toBe('c')
  await edit('a', 'const x = 5')
  expect(await run('', 'stale')).toBe('ac')
  expect(await run('', 'stale')).toBe('')
})

test('switched off, cells run as they were asked, and nothing else', async () => {
  const { run, set, messages } = await notebook(...chain)
  await set((document) => setSetting(document, 'reactivity', 'off'))
  expect([await run('c'), await run('cba')]).toEqual(['c', 'cba'])
  expect(messages.map(({ inPageOrder }) => inPageOrder)).toEqual([true, true])
})

test('where cells run automatically, an edit that compiles runs with its dependants, and one that does not waits', async () => {
  const { run, edit, set, next, cellsOf, messages } = await notebook(...chain)
  await set((document) => setSetting(document, 'reactivity', 'automatic'))
  expect(await run('a')).toBe('abc')
  await edit('b', 'const y = (')
  const ran = next()
  await edit('d', 'const other = x')
  expect(cellsOf(await ran)).toBe('d')
  const again = next()
  await edit('b', 'const y = x * 3')
  expect(cellsOf(await again)).toBe('bc')
  expect(messages).toHaveLength(3)
})

test('nothing runs by itself before a kernel lives', async () => {
  const { run, edit, set, messages, next, cellsOf } = await notebook(...chain)
  await set((document) => setSetting(document, 'reactivity', 'automatic'))
  await edit('a', 'const x = 2')
  await edit('d', 'const other = 2')
  // Only what is asked starts one; an edit after that is the first that runs.
  expect(await run('d')).toBe('d')
  const ran = next()
  await edit('c', 'y * 3')
  expect(cellsOf(await ran)).toBe('abc')
  expect(messages).toHaveLength(2)
})

test('an input that moves runs the cells that use it, in turn', async () => {
  const { run, page, ids, messages, next, cellsOf, machine } = await notebook(
    'const k = 1; const unrelated = 2',
    'const y = k',
    'y + 1',
    'unrelated',
  )
  await run('abcd')
  machine.socket.on('kernel.inputs', (_, reply) => reply({ ok: true }))
  const ran = next()
  const move = { cellId: ids[0], name: 'k', definition: 'd', value: 3, stamp: '1' }
  expect(await ask(page.socket, 'kernel.input', move)).toEqual({ ok: true })
  expect(cellsOf(await ran)).toBe('bc')
  expect(messages.at(-1)?.inTurn).toBe(true)
})

test('what ran by a move of an input or by an edit is in the history', async () => {
  const { id, run, edit, set, page, ids, machine, next } = await notebook('const k = 1', 'k + 1')
  await run('ab')
  machine.socket.on('kernel.inputs', (_, reply) => reply({ ok: true }))
  await edit('b', 'k + 2')
  const move = { cellId: ids[0], name: 'k', definition: 'd', value: 3, stamp: '1' }
  const moved = next()
  expect(await ask(page.socket, 'kernel.input', move)).toEqual({ ok: true })
  await moved
  await run('a')
  await set((document) => setSetting(document, 'reactivity', 'automatic'))
  const ran = next()
  await edit('b', 'k + 3')
  await ran
  page.close()
  const reasons = async () => (await listRevisions(id, undefined, at.db)).map(({ reason }) => reason)
  await expect.poll(reasons).toEqual(['run', 'run', 'run', 'created'])
})

test('a kernel that has ended unnoticed has nothing: its successor runs the ancestors again', async () => {
  const { run, machine, ids, page, messages, cellsOf } = await notebook(...chain)
  await run('abc')
  const answer = machine.socket.listeners('kernel.execute')[0]!
  machine.socket.off('kernel.execute')
  machine.socket.once('kernel.execute', (_, reply) => {
    machine.socket.on('kernel.execute', answer)
    reply({ ok: false, error: { code: 'no_kernel', message: 'none' } })
  })
  const stateVector = Y.encodeStateVector(page.document)
  expect(await ask(page.socket, 'kernel.execute', { cellIds: [ids[2]!], stateVector })).toMatchObject({
    ok: true,
  })
  await expect.poll(() => messages.length).toBe(2)
  expect(cellsOf(messages[1]!)).toBe('abc')
})
