import { io, type Socket } from 'socket.io-client'
import * as Y from 'yjs'
import { type CellKind, cellSource, insertCell, sharedCells } from '../lib/notebook/document'
import { applyEvent, emptyState, type NotebookState } from '../lib/notebook/state'
import type { ClientAnswers, ClientMessages, ServerToClient } from '../lib/protocol/client'
import type { KernelEvent } from '../lib/protocol/events'
import type { Answer } from '../lib/protocol/hosts'

/** A person without a browser: registers, signs in, opens a notebook and executes cells, over the public port only. */

/** Cookies of a signed-in person. `request` follows no redirects and sends a same-origin `Origin`. */
export async function signUp(origin: string, email = `bench-${crypto.randomUUID()}@example.com`) {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map((pair) => pair.join('=')).join('; ')

  async function request(path: string, init: RequestInit = {}) {
    const headers = { ...init.headers, cookie: cookie(), origin }
    const answer = await fetch(origin + path, { redirect: 'manual', ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split(/=(.*)/s)
      jar.set(name!, value!)
    }
    return answer
  }
  const json = (body: unknown) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

  const password = 'a long enough password'
  const registered = await request('/api/register', json({ email, name: 'Bench', password }))
  if (!registered.ok) throw new Error(`register answered ${registered.status}: ${await registered.text()}`)
  const { csrfToken } = (await (await request('/api/auth/csrf')).json()) as { csrfToken: string }
  const form = new URLSearchParams({ csrfToken, email, password, json: 'true' })
  await request('/api/auth/callback/credentials', { method: 'POST', body: form })
  return { origin, cookie, request, json }
}
export type Person = Awaited<ReturnType<typeof signUp>>

/** The person's cookies, as a browser is given them. */
export const cookiesOf = (person: Pick<Person, 'cookie' | 'origin'>) =>
  person
    .cookie()
    .split('; ')
    .map((pair) => pair.split(/=(.*)/s))
    .map(([name, value]) => ({ name: name!, value: value!, url: person.origin }))

/** Creates a notebook and joins it. Close it at the end. */
export async function openNotebook(person: Person, title = 'bench') {
  const created = await person.request('/api/notebooks', person.json({ title }))
  const { id } = (await created.json()) as { id: string }
  return joinNotebook(person, id)
}

/** Joins a notebook that exists. */
export async function joinNotebook(person: Person, notebookId: string) {
  const socket: Socket<ServerToClient> = io(person.origin, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie: person.cookie(), origin: person.origin },
  })
  const document = new Y.Doc()
  let state: NotebookState = emptyState()
  const listeners = new Set<(event: KernelEvent) => void>()
  socket.on('kernel.events', (events) => {
    for (const event of events) {
      state = applyEvent(state, event)
      for (const listener of listeners) listener(event)
    }
  })
  socket.on('notebook.update', (update) => Y.applyUpdate(document, new Uint8Array(update), socket))

  async function ask<K extends keyof ClientMessages>(
    name: K,
    message: ClientMessages[K],
  ): Promise<ClientAnswers[K]> {
    const answer = (await (socket as Socket).timeout(60_000).emitWithAck(name, message)) as Answer<
      ClientAnswers[K]
    >
    if (!answer.ok) throw new Error(`${name} was refused: ${answer.error.message}`)
    return answer
  }

  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  const joined = await ask('notebook.join', { notebookId, stateVector: Y.encodeStateVector(document) })
  Y.applyUpdate(document, new Uint8Array(joined.update), socket)
  if ('state' in joined.kernel) state = joined.kernel.state
  const updates: Promise<unknown>[] = []
  document.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== socket) updates.push(ask('notebook.update', { update }))
  })

  /** Adds a cell at the end and waits until it is saved. */
  async function addCell(source: string, kind: CellKind = 'code') {
    const id = insertCell(document, document.getMap('cells').size, kind, source)
    await Promise.all(updates.splice(0))
    return id
  }

  /** Replaces a cell's text and waits until it is saved. */
  async function edit(cellId: string, source: string) {
    const text = cellSource(sharedCells(document).get(cellId)!)
    document.transact(() => {
      text.delete(0, text.length)
      text.insert(0, source)
    })
    await Promise.all(updates.splice(0))
  }

  /** Resolves with the first event for which `wanted` is true, sent or received from now on. */
  const eventThat = (wanted: (event: KernelEvent) => boolean, ms = 60_000) =>
    new Promise<KernelEvent>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no such event within ${ms} ms`)), ms)
      const listener = (event: KernelEvent) => {
        if (!wanted(event)) return
        clearTimeout(timer)
        listeners.delete(listener)
        resolve(event)
      }
      listeners.add(listener)
    })

  const ended = new Set(['done', 'failed', 'interrupted', 'cancelled'])
  /** Executes a cell and resolves when its end has arrived here. */
  async function execute(cellId: string, ms = 60_000) {
    const end = eventThat(
      (event) => event.type === 'execution' && event.cellId === cellId && ended.has(event.state),
      ms,
    )
    end.catch(() => {})
    await ask('kernel.execute', { cellIds: [cellId], stateVector: Y.encodeStateVector(document) })
    await end
    return state.cells[cellId]!
  }

  return {
    notebookId,
    document,
    socket,
    ask,
    addCell,
    edit,
    execute,
    eventThat,
    listeners,
    state: () => state,
    close: () => socket.disconnect(),
  }
}
export type OpenNotebook = Awaited<ReturnType<typeof joinNotebook>>
