import type { Server, Socket } from 'socket.io'
import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Database } from '../../lib/db'
import { renameNotebook } from '../../lib/notebooks/change'
import { findNotebook } from '../../lib/notebooks/list'
import { isOwnOrigin } from '../../lib/origin'
import type { Action, Role } from '../../lib/permissions'
import { asks } from '../../lib/protocol/asks'
import {
  type ClientAnswers,
  type ClientMessages,
  type ClientToServer,
  clientMessages,
  type ServerToClient,
} from '../../lib/protocol/client'
import { Refused } from '../../lib/refused'
import { currentUser, type User } from '../../lib/session'
import type { Access } from './access'
import { answerOf } from './answer'
import type { Documents, OpenDocument } from './documents'
import type { Graphs } from './graph/graphs'
import type { KernelStates, OpenKernel } from './kernel-states'
import type { Kernels } from './kernels'
import type { Language } from './language'
import type { Revisions } from './revisions'
import type { SearchIndex } from './search-index'

export type BrowserServer = Server<ClientToServer, ServerToClient, Record<string, never>, { user: User }>
type BrowserSocket = Parameters<Parameters<BrowserServer['on']>[1]>[0] extends infer S
  ? Extract<S, Socket<ClientToServer, ServerToClient, Record<string, never>, { user: User }>>
  : never

/** What each message needs at the door; an ask says itself what it needs. */
export const messageActions: Record<Exclude<keyof ClientMessages, 'notebook.ask'>, Action> = {
  'notebook.join': 'notebook.read',
  'notebook.leave': 'notebook.read',
  'notebook.update': 'notebook.write',
  'notebook.awareness': 'notebook.read',
  'notebook.rename': 'notebook.rename',
  'notebook.revise': 'notebook.write',
  'kernel.execute': 'kernel.execute',
  'kernel.input': 'kernel.execute',
  'kernel.interrupt': 'kernel.control',
  'kernel.cancel': 'kernel.control',
  'kernel.restart': 'kernel.control',
  'kernel.stop': 'kernel.control',
  'kernel.promote': 'version.promote',
}

/** How long the document may take to hold what the page has. */
const documentMs = 5_000

export const roomOf = (notebookId: string) => `notebook:${notebookId}`
export const roomOfUser = (userId: string) => `user:${userId}`

export type BrowserParts = {
  db: Database
  /** The installation's own. */
  origin: string
  access: Access
  documents: Documents
  states: KernelStates
  graphs: Graphs
  kernels: Kernels
  language: Language
  revisions: Revisions
  search: SearchIndex
  hostState(notebookId: string): 'connected' | 'absent'
}

/** A page's notebook: one per socket. */
type Joined = { id: string; document: OpenDocument; kernel: OpenKernel; role: Role; clients: Set<number> }

export function acceptBrowsers(io: BrowserServer, parts: BrowserParts) {
  io.use(async (socket, next) => {
    try {
      const { origin, host } = socket.request.headers
      // A page always says where it comes from.
      if (!isOwnOrigin(origin, host, parts.origin)) return next(new Error('unauthorized'))
      const user = await currentUser(socket.request.headers.cookie, parts.db)
      if (!user) return next(new Error('unauthorized'))
      socket.data.user = user
      await socket.join(roomOfUser(user.id))
      next()
    } catch (error) {
      console.error('a page could not be checked:', error)
      next(new Error('try again'))
    }
  })
  io.on('connection', (socket) => listen(io, socket, parts))
}

function listen(io: BrowserServer, socket: BrowserSocket, parts: BrowserParts) {
  const { db, access, documents, states, revisions } = parts
  const asked = parts.kernels.messages
  const { user } = socket.data
  let joined: Joined | undefined

  type Handlers = {
    [K in keyof ClientMessages]: (
      message: ClientMessages[K],
      notebook: Joined,
      role: Role,
    ) => Promise<ClientAnswers[K]> | ClientAnswers[K]
  }
  const ofKernel = ({ id, document }: Joined) => ({ id, document, userId: user.id })

  function leave() {
    if (!joined) return
    const { id, document, kernel, clients } = joined
    joined = undefined
    void socket.leave(roomOf(id))
    // Also says so to the others.
    removeAwarenessStates(document.awareness, [...clients], socket)
    if (clients.size) {
      const update = encodeAwarenessUpdate(document.awareness, [...clients])
      socket.to(roomOf(id)).emit('notebook.awareness', update)
    }
    parts.language.close(id)
    if (!io.of('/').adapter.rooms.has(roomOf(id))) revisions.left(id, document.document)
    document.release()
    kernel.release()
  }

  async function join(
    { notebookId, stateVector, after }: ClientMessages['notebook.join'],
    role: Role,
  ): Promise<ClientAnswers['notebook.join']> {
    leave()
    const summary = await findNotebook(notebookId, db)
    if (!summary) throw new Refused(404, 'not_found', 'there is no such notebook')
    const document = await documents.open(notebookId)
    const kernel = await states.open(notebookId).catch((error) => {
      document.release()
      throw error
    })
    if (socket.disconnected) {
      document.release()
      kernel.release()
      throw new Refused(409, 'not_joined', 'the page has left')
    }
    // No await from here on: in the room first, then the state, so that nothing falls between.
    leave()
    joined = { id: notebookId, document, kernel, role, clients: new Set() }
    revisions.watch(notebookId, document.document)
    parts.search.watch(notebookId, document.document)
    void socket.join(roomOf(notebookId))
    parts.language.open(notebookId, document.document)
    const others = [...document.awareness.getStates().keys()]
    if (others.length) {
      setImmediate(() =>
        socket.emit(
          'notebook.awareness',
          encodeAwarenessUpdate(
            document.awareness,
            others.filter((client) => document.awareness.states.has(client)),
          ),
        ),
      )
    }
    return {
      title: summary.title,
      role,
      update: Y.encodeStateAsUpdate(document.document, stateVector),
      stateVector: Y.encodeStateVector(document.document),
      kernel: kernel.since(after),
      analyses: parts.graphs.of(notebookId, document.document, kernel.state()).analyses(),
      host: parts.hostState(notebookId),
    }
  }

  const handlers: Handlers = {
    'notebook.join': (message, _, role) => join(message, role),
    'notebook.leave': () => {
      leave()
      return {}
    },
    async 'notebook.update'({ update }, { id, document }) {
      const stored = document.apply(update, user.id)
      socket.to(roomOf(id)).emit('notebook.update', update)
      await stored
      return {}
    },
    'notebook.awareness'({ update }, { id, document, clients }) {
      const note = ({ added, updated }: { added: number[]; updated: number[] }) => {
        for (const client of [...added, ...updated]) clients.add(client)
      }
      document.awareness.once('update', note)
      applyAwarenessUpdate(document.awareness, update, socket)
      document.awareness.off('update', note)
      socket.volatile.to(roomOf(id)).emit('notebook.awareness', update)
      return {}
    },
    async 'notebook.rename'({ title }, { id }) {
      await renameNotebook(id, title, db)
      return {}
    },
    async 'notebook.revise'({ stateVector, name, restored }, { id, document }) {
      await document.reaches(stateVector, documentMs)
      const reason = restored !== undefined ? 'restore' : name !== undefined ? 'named' : 'idle'
      const kept = { reason, userId: user.id, name, restoredFrom: restored } as const
      return { id: (await revisions.keep(id, document.document, kept)).id }
    },
    'notebook.ask': (message, notebook) => parts.kernels.ask(ofKernel(notebook), message),
    'kernel.execute': (message, notebook) => asked['kernel.execute'](ofKernel(notebook), message),
    'kernel.input': (message, notebook) => asked['kernel.input'](ofKernel(notebook), message),
    'kernel.interrupt': (message, notebook) => asked['kernel.interrupt'](ofKernel(notebook), message),
    'kernel.cancel': (message, notebook) => asked['kernel.cancel'](ofKernel(notebook), message),
    'kernel.restart': (message, notebook) => asked['kernel.restart'](ofKernel(notebook), message),
    'kernel.stop': (message, notebook) => asked['kernel.stop'](ofKernel(notebook), message),
    'kernel.promote': (message, notebook) => asked['kernel.promote'](ofKernel(notebook), message),
  }

  for (const name of Object.keys(clientMessages) as (keyof ClientMessages)[]) {
    const handle = async (raw: unknown) => {
      const { success, data, error } = clientMessages[name].safeParse(raw)
      if (!success) {
        const [issue] = error.issues
        throw new Refused(400, 'bad_message', `${name}: ${issue?.path.join('.')}: ${issue?.message}`)
      }
      const notebookId =
        name === 'notebook.join' ? (data as ClientMessages['notebook.join']).notebookId : joined?.id
      if (notebookId === undefined) throw new Refused(409, 'not_joined', 'join a notebook first')
      const action =
        name === 'notebook.ask'
          ? asks[(data as ClientMessages['notebook.ask']).method].action
          : messageActions[name]
      const known = access(user.id, action, notebookId)
      const { role } = known instanceof Promise ? await known : known
      if (name !== 'notebook.join' && joined?.id !== notebookId)
        throw new Refused(409, 'not_joined', 'the page has left the notebook')
      // TypeScript cannot pair the name's message with its handler inside a loop over the names.
      const handler = handlers[name] as (message: unknown, notebook: Joined | undefined, role: Role) => object
      return handler(data, joined, role)
    }
    ;(socket as Socket).on(name, (raw: unknown, reply) => answerOf(reply, () => handle(raw)))
  }
  socket.on('disconnect', leave)
}
