import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import * as Y from 'yjs'
import { serveSockets } from '../../app/_server/sockets'
import type { Database } from '../../lib/db'
import { applyEvent, emptyState, type NotebookState } from '../../lib/notebook/state'
import type { ClientAnswers, ClientMessages, ServerToClient } from '../../lib/protocol/client'
import type { KernelEvent, Position } from '../../lib/protocol/events'
import type { Answer, HostToWeb, WebToHost } from '../../lib/protocol/hosts'

/** The live part of the web process on a port of its own, without pages. */
export async function serveWeb(db: Database, options: { idleMs?: number } = {}) {
  const http = createServer((_, response) => response.writeHead(404).end())
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const sockets = serveSockets(http, { db, origin, ...options })
  return {
    origin,
    endIdleKernels: sockets.endIdleKernels,
    async close() {
      await sockets.close()
      http.close()
    },
  }
}

/** Connects as a page does. Rejects with the server's reason. */
export async function connectPage(origin: string, headers: Record<string, string>) {
  const socket: Socket<ServerToClient> = io(origin, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return socket
}

export const ask = <K extends keyof ClientMessages>(
  socket: Socket<ServerToClient>,
  name: K,
  message: ClientMessages[K] | unknown,
): Promise<Answer<ClientAnswers[K]>> => (socket as Socket).timeout(20_000).emitWithAck(name, message)

/** A page with a notebook open: its document and what it shows of the kernel. */
export async function openPage(
  origin: string,
  cookie: string,
  notebookId: string,
  before?: { document: Y.Doc; state: NotebookState; events: KernelEvent[] },
) {
  const socket = await connectPage(origin, { cookie, origin })
  const document = before?.document ?? new Y.Doc()
  let state = before?.state ?? emptyState()
  /** All that arrived, live or with an answer, in order. */
  const events = before?.events ?? []
  let early: KernelEvent[] | undefined = []
  const take = (more: KernelEvent[]) => {
    for (const event of more) {
      state = applyEvent(state, event)
      events.push(event)
    }
  }
  socket.on('kernel.events', (more) => (early ? early.push(...more) : take(more)))
  socket.on('notebook.update', (update) => Y.applyUpdate(document, new Uint8Array(update), socket))
  const after: Position | undefined = before && state.position
  const joined = await ask(socket, 'notebook.join', {
    notebookId,
    stateVector: Y.encodeStateVector(document),
    after,
  })
  if (!joined.ok) throw new Error(`join was refused: ${joined.error.code}`)
  Y.applyUpdate(document, new Uint8Array(joined.update), socket)
  const { kernel } = joined
  if ('state' in kernel) {
    state = kernel.state
    events.length = 0
  } else take(kernel.events)
  take(early)
  early = undefined
  return {
    socket,
    document,
    joined,
    events,
    state: () => state,
    /** Edits, and resolves when the edits are acknowledged. */
    async edit(change: (document: Y.Doc) => void) {
      const updates: Uint8Array[] = []
      const collect = (update: Uint8Array) => updates.push(update)
      document.on('update', collect)
      change(document)
      document.off('update', collect)
      const answers = await Promise.all(updates.map((update) => ask(socket, 'notebook.update', { update })))
      for (const answer of answers) if (!answer.ok) throw new Error(answer.error.message)
    },
    async sees(wanted: (state: NotebookState) => boolean) {
      if (wanted(state)) return
      await new Promise<void>((resolve) => {
        const look = () => {
          if (!wanted(state)) return
          socket.off('kernel.events', look)
          resolve()
        }
        socket.on('kernel.events', look)
      })
    },
    close: () => socket.disconnect(),
  }
}

/** Connects as a host does, with the kernels that it says it has. It answers as the test says. */
export async function connectHost(
  origin: string,
  token: string,
  kernels: { notebookId: string; position: Position }[] = [],
) {
  const socket: Socket<WebToHost, HostToWeb> = io(`${origin}/hosts`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: {
      token,
      name: 'test host',
      isolation: { level: 0, detail: 'none' },
      backend: { name: 'none' },
      kernels,
    },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return {
    socket,
    send: (notebookId: string, events: KernelEvent[]) =>
      socket.timeout(20_000).emitWithAck('events', { notebookId, events }),
    close: () => socket.disconnect(),
  }
}
