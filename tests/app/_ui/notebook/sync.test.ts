import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { afterEach, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { connect, type Sync, type SyncOptions } from '../../../../app/_ui/notebook/sync'
import { statusLabel } from '../../../../app/_ui/notebook/sync-status'
import { emptyState } from '../../../../lib/notebook/state'
import type { ClientMessages } from '../../../../lib/protocol/client'
import type { KernelEvent } from '../../../../lib/protocol/events'

const event = (seq: number): KernelEvent => ({ type: 'status', state: 'idle', epoch: 1, seq, at: 0 })
const nothingKept = { adopt: () => undefined, keep: () => {}, clear: () => {} }

type Joining = (
  message: ClientMessages['notebook.join'],
  socket: Socket,
  joined: (extra?: object) => void,
) => void
type Updating = (document: Y.Doc, update: Uint8Array, reply: (answer: object) => void, socket: Socket) => void

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A server that speaks the protocol with one document, on a free port. */
async function serve(onJoin: Joining, onUpdate: Updating) {
  const document = new Y.Doc()
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const io = new Server(http, { transports: ['websocket'] })
  closing.push(() => io.close())
  io.on('connection', (socket) => {
    socket.on('notebook.join', (message: ClientMessages['notebook.join'], reply: (answer: object) => void) =>
      onJoin(message, socket, (extra = {}) =>
        reply({
          ok: true,
          title: 'A',
          role: 'owner',
          host: 'connected',
          update: Y.encodeStateAsUpdate(document),
          stateVector: Y.encodeStateVector(document),
          kernel: { state: emptyState() },
          ...extra,
        }),
      ),
    )
    socket.on('notebook.update', ({ update }: { update: Uint8Array }, reply: (answer: object) => void) =>
      onUpdate(document, update, reply, socket),
    )
  })
  return { document, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` }
}

/** Connects a page and gives what it said, and a promise of a status. */
function page(url: string, more: Partial<SyncOptions> = {}) {
  const document = new Y.Doc()
  const said: string[] = []
  const waiting: { label: string; resolve: () => void }[] = []
  const awareness = new Awareness(document)
  const sync: Sync = connect({
    url,
    notebookId: '00000000-0000-4000-8000-000000000000',
    document,
    awareness,
    pending: nothingKept,
    position: () => undefined,
    onStatus(status) {
      const label = statusLabel(status)
      said.push(label)
      for (const wait of waiting.filter((one) => one.label === label)) wait.resolve()
    },
    onJoined: () => {},
    onEvents: () => {},
    onMessage: {
      'kernel.stats': () => {},
      'host.state': () => {},
      'notebook.renamed': () => {},
      'notebook.revised': () => {},
      'notebook.analyses': () => {},
      'packages.installing': () => {},
      'language.problems': () => {},
    },
    ...more,
  })
  closing.push(() => {
    sync.close()
    awareness.destroy()
  })
  const status = (label: string) => new Promise<void>((resolve) => waiting.push({ label, resolve }))
  return { document, said, status, sync }
}
const text = (document: Y.Doc) => document.getText('cell')

test('events that overtake the answer to a join are told after it', async () => {
  const { url } = await serve(
    (_, socket, joined) => {
      socket.emit('kernel.events', [event(3)])
      joined({ kernel: { events: [event(1), event(2)] } })
    },
    () => {},
  )
  const told: number[] = []
  const { status } = page(url, {
    onJoined: ({ kernel }) => 'events' in kernel && told.push(...kernel.events.map(({ seq }) => seq)),
    onEvents: (events) => told.push(...events.map(({ seq }) => seq)),
  })
  await status('saved')
  expect(told).toEqual([1, 2, 3])
})

test('an edit that was not acknowledged when the line broke is sent again', async () => {
  let broken = false
  const { url, document } = await serve(
    (_, __, joined) => joined(),
    (document, update, reply, socket) => {
      if (!broken) {
        broken = true
        socket.conn.close()
        return
      }
      Y.applyUpdate(document, new Uint8Array(update))
      reply({ ok: true })
    },
  )
  const one = page(url)
  await one.status('saved')
  text(one.document).insert(0, 'kept')
  await one.status('offline: 1 edit kept')
  await one.status('saved')
  expect(text(document).toString()).toBe('kept')
})

test('edits that an earlier page left reach the server', async () => {
  const earlier = new Y.Doc()
  text(earlier).insert(0, 'left behind')
  let cleared = false
  const { url, document } = await serve(
    (_, __, joined) => joined(),
    (document, update, reply) => {
      Y.applyUpdate(document, new Uint8Array(update))
      reply({ ok: true })
    },
  )
  const pending = {
    adopt: () => Y.encodeStateAsUpdate(earlier),
    keep: () => {},
    clear: () => {
      cleared = true
    },
  }
  const { status, document: own } = page(url, { pending })
  await status('saved')
  expect([text(document).toString(), text(own).toString(), cleared]).toEqual([
    'left behind',
    'left behind',
    true,
  ])
})

test('what a server has lost is sent to it again', async () => {
  const { url, document } = await serve(
    (_, __, joined) => joined(),
    (document, update, reply) => {
      Y.applyUpdate(document, new Uint8Array(update))
      reply({ ok: true })
    },
  )
  const one = page(url)
  text(one.document).insert(0, 'typed before the line stood')
  await one.status('saved')
  expect(text(document).toString()).toBe('typed before the line stood')
})

test('a notebook that is not there is said, and not asked for again', async () => {
  const { url } = await serve(
    (_, __, joined) =>
      joined({ ok: false, error: { code: 'not_found', message: 'there is no such notebook' } }),
    () => {},
  )
  const { status, said } = page(url)
  await status('not available')
  expect(said).toEqual(['not available'])
})

test('a request without a line fails at once and says why', async () => {
  const { url } = await serve(
    (_, __, joined) => joined(),
    () => {},
  )
  const { sync } = page(url)
  await expect(sync.request('kernel.interrupt', {})).rejects.toMatchObject({ code: 'offline' })
})
