import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { messageActions } from '../../../app/_server/browsers'
import { loadState } from '../../../lib/kernels/load'
import { cellIds, deleteCell, insertCell, setCellKind, toCells } from '../../../lib/notebook/document'
import { applyEvent, emptyState } from '../../../lib/notebook/state'
import { renameNotebook } from '../../../lib/notebooks/change'
import { createNotebook } from '../../../lib/notebooks/create'
import { trashNotebook } from '../../../lib/notebooks/trash'
import { loadDocument } from '../../../lib/notebooks/updates'
import { type ClientMessages, clientMessages } from '../../../lib/protocol/client'
import type { KernelEvent } from '../../../lib/protocol/events'
import { signOutEverywhere } from '../../../lib/session'
import { addMember, addPerson, cookieOf } from '../../support/people'
import { ask, connectHost, connectPage, openPage } from '../../support/web'
import { withWeb } from '../../support/with-web'

const at = withWeb()

const notebook = async (person = at.owner) =>
  (await createNotebook({ workspaceId: person.workspaceId, userId: person.id }, at.db)).id
const page = async (id: string, person = at.owner) =>
  at.opened(await openPage(at.web.origin, person.cookie, id))
const host = async (kernels: Parameters<typeof connectHost>[2] = []) =>
  at.opened(await connectHost(at.web.origin, at.config.machineToken, kernels))

describe('a handshake', () => {
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a name that begins alike', { origin: 'http://127.0.0.1.evil.example' }],
    ['no origin', {}],
  ])('from %s is refused, with the person’s cookie', async (_, headers) => {
    await expect(connectPage(at.web.origin, { cookie: at.owner.cookie, ...headers })).rejects.toThrow()
  })

  test.each([
    ['nobody', async () => ''],
    ['a forged session', async () => cookieOf(at.owner.id, 1, 'another secret of at least 32 characters')],
    ['an ended session', async () => cookieOf(at.owner.id, 0)],
  ])('of %s is refused', async (_, cookie) => {
    await expect(
      connectPage(at.web.origin, { cookie: await cookie(), origin: at.web.origin }),
    ).rejects.toThrow('unauthorized')
  })

  test('of a host with a wrong token is refused', async () => {
    await expect(connectHost(at.web.origin, 'x'.repeat(43))).rejects.toThrow('unauthorized')
  })
})

describe('the door', () => {
  const bytes = new Uint8Array([0, 0])
  const samples: { [K in keyof ClientMessages]: ClientMessages[K] } = {
    'notebook.join': { notebookId: '', stateVector: new Uint8Array([0]) },
    'notebook.leave': {},
    'notebook.update': { update: bytes },
    'notebook.awareness': { update: new Uint8Array([0]) },
    'notebook.rename': { title: 'Renamed' },
    'notebook.revise': { stateVector: new Uint8Array([0]) },
    'kernel.execute': { cellIds: ['a'], stateVector: new Uint8Array([0]) },
    'kernel.input': { cellId: 'a', name: 'k', definition: '', value: 1, stamp: '' },
    'kernel.interrupt': {},
    'kernel.cancel': { executionId: 'x' },
    'kernel.restart': {},
    'kernel.stop': {},
    'notebook.ask': { method: 'candidates', params: { cellId: 'a' } },
    'kernel.promote': { cellId: 'a', variable: 'model', endpoint: 'iris' },
  }
  const names = Object.keys(clientMessages) as (keyof ClientMessages)[]
  const looks = new Set(['notebook.join', 'notebook.leave', 'notebook.awareness'])

  test('has a rule for every message', () => {
    expect(['notebook.ask', ...Object.keys(messageActions)].sort()).toEqual([...names].sort())
  })

  test.each(names)('lets a viewer look, not change: %s', async (name) => {
    const id = await notebook()
    const viewer = await addPerson(at.db, 'viewer')
    await addMember(at.db, at.owner.workspaceId, viewer.id, 'viewer')
    const { socket } = await page(id, viewer)
    const message = name === 'notebook.join' ? { ...samples[name], notebookId: id } : samples[name]
    const answer = await ask(socket, name, message)
    expect(answer.ok ? 'ok' : answer.error.code).toBe(looks.has(name) ? 'ok' : 'forbidden')
  })

  test('tells other people that there is no such notebook', async () => {
    const outsider = await addPerson(at.db, 'outsider')
    await expect(openPage(at.web.origin, outsider.cookie, await notebook())).rejects.toThrow('not_found')
  })

  test.each(names.filter((name) => name !== 'notebook.join'))(
    'wants a joined notebook first: %s',
    async (name) => {
      const socket = await connectPage(at.web.origin, { cookie: at.owner.cookie, origin: at.web.origin })
      at.opened({ close: () => socket.disconnect() })
      expect(await ask(socket, name, samples[name])).toMatchObject({
        ok: false,
        error: { code: 'not_joined' },
      })
    },
  )

  test.each(names)('refuses a message of another shape: %s', async (name) => {
    const { socket } = await page(await notebook())
    const answer = await ask(socket, name, name === 'notebook.leave' ? 7 : [])
    expect(answer.ok ? 'ok' : answer.error.code).toBe('bad_message')
  })
})

describe('a document', () => {
  test('is the same in two pages that edit at once, and in the database', async () => {
    const id = await notebook()
    const [a, b] = await Promise.all([page(id), page(id)])
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => [
        a.edit((doc) => insertCell(doc, 0, 'code', `a${i}`)),
        b.edit((doc) => insertCell(doc, 1, 'code', `b${i}`)),
      ]).flat(),
    )
    const late = await page(id)
    const { document: stored } = await loadDocument(id, at.db)
    expect(toCells(a.document)).toHaveLength(41)
    for (const document of [b.document, late.document, stored])
      expect(toCells(document)).toEqual(toCells(a.document))
  })

  test('refuses what is no update, and stores nothing of it', async () => {
    const id = await notebook()
    const a = await page(id)
    expect(await ask(a.socket, 'notebook.update', { update: new Uint8Array([9, 9, 9]) })).toMatchObject({
      ok: false,
      error: { code: 'bad_update' },
    })
    expect((await loadDocument(id, at.db)).updates).toBe(1)
  })
})

test('signing out everywhere ends the person’s sockets, and no others', async () => {
  const person = await addPerson(at.db, 'leaver')
  const id = await notebook(person)
  const [first, second, other] = [
    await page(id, person),
    await page(id, person),
    await page(await notebook()),
  ]
  const gone = Promise.all(
    [first, second].map(({ socket }) => new Promise((resolve) => socket.once('disconnect', resolve))),
  )
  await signOutEverywhere(person.id, at.db)
  await gone
  expect(other.socket.connected).toBe(true)
  await expect(openPage(at.web.origin, person.cookie, id)).rejects.toThrow('unauthorized')
})

test('pages are told of a new title, and that their notebook is gone', async () => {
  const id = await notebook()
  const { socket } = await page(id)
  const title = new Promise((resolve) => socket.once('notebook.renamed', resolve))
  await renameNotebook(id, 'New title', at.db)
  expect(await title).toEqual({ title: 'New title' })
  const gone = new Promise((resolve) => socket.once('disconnect', resolve))
  await trashNotebook(id, at.db)
  await gone
  await expect(openPage(at.web.origin, at.owner.cookie, id)).rejects.toThrow('not_found')
})

describe('a kernel', () => {
  test('is started with the next epoch, once, and gets the text of the page’s document', async () => {
    const id = await notebook()
    const machine = await host()
    const a = await page(id)
    const starts: unknown[] = []
    machine.socket.on('kernel.start', (message, reply) => {
      starts.push(message)
      reply({ ok: true })
    })
    const runs: unknown[] = []
    machine.socket.on('kernel.execute', ({ userId, cells }, reply) => {
      runs.push({ userId, sources: cells.map(({ source }) => source) })
      reply({ ok: true })
    })
    let cellId = ''
    const edited = a.edit((doc) => {
      cellId = insertCell(doc, 1, 'code', '1 + 1')
    })
    const run = { cellIds: [cellId], stateVector: Y.encodeStateVector(a.document) }
    const answers = await Promise.all([
      ask(a.socket, 'kernel.execute', run),
      ask(a.socket, 'kernel.execute', run),
    ])
    await edited
    expect(answers).toEqual(
      answers.map(() => ({
        ok: true,
        executions: [{ cellId, executionId: expect.any(String) }],
        blocked: [],
      })),
    )
    expect(starts).toEqual([{ notebookId: id, epoch: 1 }])
    expect(runs).toEqual([1, 2].map(() => ({ userId: at.owner.id, sources: ['1 + 1'] })))
  })

  test('that has ended unnoticed is started again', async () => {
    const id = await notebook()
    const machine = await host([{ notebookId: id, position: { epoch: 3, seq: 5 } }])
    const a = await page(id)
    const told: string[] = []
    machine.socket.on('kernel.start', (_, reply) => {
      told.push('start')
      reply({ ok: true })
    })
    machine.socket.on('kernel.execute', (_, reply) => {
      told.push('execute')
      reply(told.length === 1 ? { ok: false, error: { code: 'no_kernel', message: 'none' } } : { ok: true })
    })
    const run = { cellIds: cellIds(a.document), stateVector: Y.encodeStateVector(a.document) }
    expect(await ask(a.socket, 'kernel.execute', run)).toMatchObject({ ok: true })
    expect(told).toEqual(['execute', 'start', 'execute'])
  })

  test('cannot run while no machine is connected, and the page is told when one comes and goes', async () => {
    const a = await page(await notebook())
    expect(a.joined).toMatchObject({ host: 'absent' })
    const run = { cellIds: cellIds(a.document), stateVector: Y.encodeStateVector(a.document) }
    expect(await ask(a.socket, 'kernel.execute', run)).toMatchObject({
      ok: false,
      error: { code: 'host_absent' },
    })
    const states: string[] = []
    const both = new Promise<void>((resolve) =>
      a.socket.on('host.state', (state) => states.push(state) === 2 && resolve()),
    )
    ;(await host()).close()
    await both
    expect(states).toEqual(['connected', 'absent'])
  })

  test('forgets the names of a deleted cell', async () => {
    const id = await notebook()
    const machine = await host([{ notebookId: id, position: { epoch: 1, seq: 1 } }])
    const a = await page(id)
    const forgotten = new Promise((resolve) => machine.socket.once('kernel.forget', resolve))
    const [cellId] = cellIds(a.document)
    await a.edit((doc) => deleteCell(doc, cellId!))
    expect(await forgotten).toEqual({ notebookId: id, cellId })
  })

  test('forgets the names of a cell that became text', async () => {
    const id = await notebook()
    const machine = await host([{ notebookId: id, position: { epoch: 1, seq: 1 } }])
    const a = await page(id)
    const forgotten = new Promise((resolve) => machine.socket.once('kernel.forget', resolve))
    const [cellId] = cellIds(a.document)
    await a.edit((doc) => setCellKind(doc, cellId!, 'markdown'))
    expect(await forgotten).toEqual({ notebookId: id, cellId })
  })
})

describe('events', () => {
  const of = { cellId: 'a', executionId: 'a1' }
  const lines = (from: number, to: number): KernelEvent[] =>
    Array.from({ length: to - from }, (_, i) => {
      const seq = from + i
      const at = { epoch: 1, seq, at: seq }
      return seq === 1
        ? { type: 'execution', ...of, state: 'running', ...at }
        : { type: 'stream', ...of, name: 'stdout', text: `${seq}\n`, ...at }
    })

  test('reach pages at once, and are acknowledged after their commit', async () => {
    const id = await notebook()
    const machine = await host([{ notebookId: id, position: { epoch: 1, seq: 0 } }])
    const a = await page(id)
    const answer = await machine.send(id, lines(1, 50))
    expect(answer).toEqual({ ok: true })
    await a.sees(({ position }) => position.seq === 49)
    expect(await loadState(id, at.db)).toEqual(a.state())
  })

  test('of a deleted notebook are taken and dropped, so that their host can forget them', async () => {
    const id = await notebook()
    const machine = await host()
    await trashNotebook(id, at.db)
    expect(await machine.send(id, lines(1, 5))).toEqual({ ok: true })
  })

  test('arrive once each and in order, however often a page comes and goes', async () => {
    const id = await notebook()
    const machine = await host([{ notebookId: id, position: { epoch: 1, seq: 0 } }])
    const total = 600
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    const sending = (async () => {
      for (let at = 1; at <= total; ) {
        const next = Math.min(total + 1, at + 1 + random(9))
        // Some are delivered twice, as after a lost acknowledgement.
        if (random(4) === 0) await machine.send(id, lines(at, next))
        await machine.send(id, lines(at, next))
        at = next
      }
    })()
    let a = await page(id)
    for (let round = 0; round < 25; round++) {
      const until = a.state().position.seq + random(20)
      await a.sees(({ position }) => position.seq >= Math.min(until, total))
      a.close()
      a = at.opened(
        await openPage(at.web.origin, at.owner.cookie, id, {
          document: a.document,
          state: a.state(),
          events: a.events,
        }),
      )
    }
    await sending
    await a.sees(({ position }) => position.seq === total)
    const seqs = a.events.map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, i) => seqs[0]! + i))
    const whole = lines(1, total + 1).reduce(applyEvent, emptyState())
    expect(a.state()).toEqual(whole)
    expect(await loadState(id, at.db)).toEqual(whole)
  })
})
