import { io, type Socket } from 'socket.io-client'
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import * as Y from 'yjs'
import type {
  ClientAnswers,
  ClientMessages,
  ClientToServer,
  ServerToClient,
} from '../../../lib/protocol/client'
import type { KernelEvent, Position } from '../../../lib/protocol/events'
import type { Answer } from '../../../lib/protocol/hosts'
import type { Pending } from './pending'
import type { SyncStatus } from './sync-status'

/** A request the server refused, or could not be asked. `code`: its own, or `offline`, `timeout`. */
export class RequestError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
    this.name = 'RequestError'
  }
}

export type SyncOptions = {
  notebookId: string
  /** Where the server is, unless at the page's own origin. */
  url?: string
  /** Of the handshake, where no browser adds cookies and origin. */
  headers?: Record<string, string>
  document: Y.Doc
  awareness: Awareness
  pending: Pending
  /** The last kernel event the page has folded, once it has any. */
  position(): Position | undefined
  onStatus(status: SyncStatus): void
  /** Document and kernel state have arrived; called again after each reconnection. */
  onJoined(answer: ClientAnswers['notebook.join']): void
  /** Live kernel events, in order, and only after `onJoined`. */
  onEvents(events: KernelEvent[]): void
  onMessage: Pick<
    ServerToClient,
    | 'kernel.stats'
    | 'host.state'
    | 'notebook.renamed'
    | 'notebook.revised'
    | 'notebook.analyses'
    | 'packages.installing'
    | 'language.problems'
  >
}

export type Sync = {
  request<K extends keyof ClientMessages>(
    name: K,
    message: ClientMessages[K],
    timeoutMs?: number,
  ): Promise<ClientAnswers[K]>
  close(): void
}

const hopeless = new Set(['not_found', 'forbidden', 'unauthorized'])

/** Keeps a document equal to the server's, and the kernel's events coming. What is not acknowledged is kept and sent again. */
export function connect(options: SyncOptions): Sync {
  const { document, awareness, pending, onStatus } = options
  const socket: Socket<ServerToClient, ClientToServer> = io(options.url ?? '/', {
    transports: ['websocket'],
    // A line of its own: by default it would share one to the same address, with that one's headers and settings.
    forceNew: true,
    extraHeaders: options.headers,
    reconnectionDelay: 200,
    reconnectionDelayMax: 2000,
  })
  const left = pending.adopt()
  let unacknowledged: Uint8Array[] = left ? [left] : []
  let inFlight: Uint8Array[] = []
  let joined = false
  let sending = false
  let closed = false
  // Events that overtake the answer to `notebook.join` are newer than it and wait for it.
  let early: KernelEvent[] | undefined

  const kept = () => inFlight.length + unacknowledged.length
  const report = (state: SyncStatus['state'], reason?: string) =>
    onStatus({ state, kept: kept(), ...(reason && { reason }) })
  const keep = () => pending.keep([...inFlight, ...unacknowledged])

  async function request<K extends keyof ClientMessages>(
    name: K,
    message: ClientMessages[K],
    timeoutMs = 15_000,
  ): Promise<ClientAnswers[K]> {
    if (!socket.connected)
      throw new RequestError('offline', 'the server cannot be reached; try again when the page is connected')
    // socket.io's types cannot follow a generic event name; `ClientToServer` pairs message and answer.
    const emitter = socket.timeout(timeoutMs) as unknown as {
      emitWithAck(name: string, message: unknown): Promise<Answer<ClientAnswers[K]>>
    }
    const answer = await emitter.emitWithAck(name, message).catch(() => {
      throw new RequestError(
        'timeout',
        `the server did not answer within ${timeoutMs / 1000} seconds: ${name}`,
      )
    })
    if (answer.ok) return answer
    throw new RequestError(answer.error.code, answer.error.message)
  }

  async function send() {
    if (!joined || sending) return
    sending = true
    while (joined && unacknowledged.length) {
      report('saving')
      inFlight = unacknowledged
      unacknowledged = []
      try {
        await request('notebook.update', { update: Y.mergeUpdates(inFlight) }, 10_000)
        inFlight = []
        if (unacknowledged.length) keep()
        else pending.clear()
      } catch (error) {
        unacknowledged = [...inFlight, ...unacknowledged]
        inFlight = []
        const refused = error instanceof RequestError && error.code !== 'offline' && error.code !== 'timeout'
        if (refused) report('refused', error.message)
        await pause(refused ? 5000 : 500)
      }
    }
    sending = false
    if (joined && !closed) report('saved')
  }

  async function joinNotebook() {
    joined = false
    early = []
    try {
      const stateVector = Y.encodeStateVector(document)
      const message = { notebookId: options.notebookId, stateVector, after: options.position() }
      const answer = await request('notebook.join', message)
      if (closed) return
      const theirs = new Uint8Array(answer.stateVector)
      if (left) Y.applyUpdate(document, left, socket)
      Y.applyUpdate(document, new Uint8Array(answer.update), socket)
      // The server may have lost what it never acknowledged; its own state vector says what it lacks.
      if (isBehind(theirs, document)) unacknowledged = [Y.encodeStateAsUpdate(document, theirs)]
      options.onJoined(answer)
      const waiting = early
      early = undefined
      if (waiting.length) options.onEvents(waiting)
      joined = true
      socket.volatile.emit(
        'notebook.awareness',
        { update: encodeAwarenessUpdate(awareness, [document.clientID]) },
        ignore,
      )
      void send()
    } catch (error) {
      if (closed) return
      if (error instanceof RequestError && hopeless.has(error.code)) report('gone', error.message)
      else setTimeout(() => !closed && socket.disconnect().connect(), 1000)
    }
  }

  const onDocument = (update: Uint8Array, origin: unknown) => {
    if (origin === socket) return
    unacknowledged.push(update)
    keep()
    if (joined) void send()
    else report('offline')
  }
  const onAwareness = (changes: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
    if (origin === socket || !joined) return
    const clients = [...changes.added, ...changes.updated, ...changes.removed]
    socket.volatile.emit('notebook.awareness', { update: encodeAwarenessUpdate(awareness, clients) }, ignore)
  }
  document.on('update', onDocument)
  awareness.on('update', onAwareness)

  socket.on('connect', () => void joinNotebook())
  socket.on('notebook.update', (update) => Y.applyUpdate(document, new Uint8Array(update), socket))
  socket.on('notebook.awareness', (update) => applyAwarenessUpdate(awareness, new Uint8Array(update), socket))
  socket.on('kernel.events', (events) => {
    if (early) early.push(...events)
    else options.onEvents(events)
  })
  socket.on('kernel.stats', options.onMessage['kernel.stats'])
  socket.on('host.state', options.onMessage['host.state'])
  socket.on('notebook.renamed', options.onMessage['notebook.renamed'])
  socket.on('notebook.revised', options.onMessage['notebook.revised'])
  socket.on('notebook.analyses', options.onMessage['notebook.analyses'])
  socket.on('packages.installing', options.onMessage['packages.installing'])
  socket.on('language.problems', options.onMessage['language.problems'])
  socket.on('disconnect', (reason) => {
    joined = false
    if (closed) return
    report('offline')
    const others = [...awareness.getStates().keys()].filter((id) => id !== document.clientID)
    removeAwarenessStates(awareness, others, socket)
    // The client does not come back by itself after the server has disconnected it.
    if (reason === 'io server disconnect') setTimeout(() => !closed && socket.connect(), 500)
  })
  socket.on('connect_error', (error) => {
    if (closed) return
    const signedOut = error.message === 'unauthorized'
    report(signedOut ? 'signed out' : 'offline')
    // Nor after a refusal by middleware: `active` is then false.
    if (!socket.active) setTimeout(() => !closed && socket.connect(), signedOut ? 5000 : 1000)
  })

  return {
    request,
    close() {
      closed = true
      joined = false
      document.off('update', onDocument)
      awareness.off('update', onAwareness)
      socket.disconnect()
    },
  }
}

const ignore = () => {}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Whether the server lacks something that this document holds; deletions are not in a state vector. */
export function isBehind(stateVector: Uint8Array, document: Y.Doc): boolean {
  const theirs = Y.decodeStateVector(stateVector)
  const ours = Y.decodeStateVector(Y.encodeStateVector(document))
  return [...ours].some(([client, clock]) => clock > (theirs.get(client) ?? 0))
}
