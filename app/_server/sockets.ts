import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Database } from '../../lib/db'
import { nextEpoch } from '../../lib/kernels/epoch'
import { provideLogs } from '../../lib/kernels/log'
import { provideTables } from '../../lib/kernels/table-file'
import { isOwnOrigin } from '../../lib/origin'
import { keepReproductionNews } from '../../lib/registry/reproduce/news'
import { keepPullNews } from '../../lib/repositories/news'
import { type Signal, subscribe } from '../../lib/signals'
import { createAccess } from './access'
import { acceptBrowsers, type BrowserServer, roomOf, roomOfUser } from './browsers'
import { giveDataset } from './datasets'
import { createDocuments } from './documents'
import { serveFiles } from './files'
import { createGraphs } from './graph/graphs'
import { acceptHosts, type HostListener } from './hosts'
import { createIdleKernels, kernelIdleMs } from './idle-kernels'
import { createKernelStates } from './kernel-states'
import { createKernels } from './kernels'
import { createLanguage } from './language'
import { createPackages } from './packages'
import { servePulls } from './pulls'
import { keepEvents } from './receive'
import { serveReproductions } from './reproductions'
import { createRevisions } from './revisions'
import { createSearchIndex } from './search-index'
import { giveSecret } from './secrets'

/** A larger message cuts the connection; a batch of kernel events may hold several bundles of 10 MB. */
const maxMessageBytes = 100_000_000

/** Share of a core above which a kernel is at work; one that waits needs a tenth of this. */
const workingCpu = 0.05

export type Sockets = {
  /** Ends all connections, after what they sent is committed. */
  close(): Promise<void>
  /** Open sockets by namespace. */
  count(): Record<string, number>
  /** Ends kernels that nobody has used for long. */
  endIdleKernels(): Promise<number>
}

export type SocketsOptions = {
  db: Database
  /** The installation's own. */
  origin: string
  report?: HostListener['report']
  /** How long a kernel lives that nobody uses; `kernelIdleMs()` unless given. */
  idleMs?: number
}

/** The live part: pages on the default namespace, hosts on `/hosts`. */
export function serveSockets(
  http: HttpServer,
  { db, origin, report = () => {}, idleMs = kernelIdleMs() }: SocketsOptions,
): Sockets {
  const io: BrowserServer = new Server(http, {
    // A browser sends Origin with every WebSocket handshake, but not with a polling GET of the same origin.
    transports: ['websocket'],
    // Hosts are no browsers and send none; their token is checked, and a cookie without Origin counts for nothing.
    allowRequest: ({ headers }, answer) =>
      answer(null, headers.origin === undefined || isOwnOrigin(headers.origin, headers.host, origin)),
    maxHttpBufferSize: maxMessageBytes,
    serveClient: false,
  })

  const documents = createDocuments(db, (notebookId, cellId) =>
    hosts.of(notebookId)?.tell('kernel.forget', { notebookId, cellId }),
  )
  const states = createKernelStates(db, (notebookId, events) =>
    io.to(roomOf(notebookId)).emit('kernel.events', events),
  )
  const hosts = acceptHosts(io as unknown as Server, db, {
    events(_, notebookId, events) {
      idle.used(notebookId)
      return keepEvents(states, notebookId, events, db)
    },
    stats(notebookId, stats) {
      // Callbacks of cells that have ended may still be at work.
      if (stats.cpu > workingCpu) idle.used(notebookId)
      io.volatile.to(roomOf(notebookId)).emit('kernel.stats', stats)
    },
    report,
    problems: (notebookId, cells) => io.to(roomOf(notebookId)).emit('language.problems', cells),
    epoch: (machine, notebookId) => nextEpoch(notebookId, machine.id, db),
    packages: (machine, message) => packages.write(machine, message),
    secret: (machine, message) => giveSecret(machine, message, db),
    dataset: (machine, message) => giveDataset(machine, message, db),
    pullNews: (machine, news) => keepPullNews(db, machine.id, news),
    reproductionNews: (machine, news) => keepReproductionNews(db, machine.id, news),
    installing: (notebookId, line) =>
      io.volatile.to(roomOf(notebookId)).emit('packages.installing', { line }),
    changed() {
      tellHostStates()
      language.moved()
    },
  })
  const idle = createIdleKernels({
    hosts,
    idleMs,
    hasPage: (notebookId) => io.of('/').adapter.rooms.has(roomOf(notebookId)),
  })
  const language = createLanguage(hosts)
  const packages = createPackages(db, documents, (notebookId, update) =>
    io.to(roomOf(notebookId)).emit('notebook.update', update),
  )
  const hostState = (notebookId: string) =>
    hosts.of(notebookId) || hosts.pick() ? ('connected' as const) : ('absent' as const)
  const told = new Map<string, 'connected' | 'absent'>()
  function tellHostStates() {
    for (const room of io.of('/').adapter.rooms.keys()) {
      const notebookId = /^notebook:(.*)/.exec(room)?.[1]
      if (!notebookId) continue
      const state = hostState(notebookId)
      if (told.get(notebookId) === state) continue
      told.set(notebookId, state)
      io.to(room).emit('host.state', state)
    }
  }

  const graphs = createGraphs({
    changed: (notebookId, change) => io.to(roomOf(notebookId)).emit('notebook.analyses', change),
    edited: (notebook, cells) =>
      void kernels
        .edited(notebook, cells)
        .catch((error) => console.error('an edit was not run automatically:', error)),
  })
  const revisions = createRevisions(db, (notebookId) => io.to(roomOf(notebookId)).emit('notebook.revised'))
  const search = createSearchIndex(db)
  const kernels = createKernels(db, hosts, states, graphs, language, revisions, { documents, packages })
  provideLogs(kernels.readLog)
  provideTables(kernels.askOfTable)
  serveFiles(kernels.hostOf)
  serveReproductions(hosts, kernels.hostOf)
  servePulls(hosts)
  const access = createAccess(db)
  acceptBrowsers(io, {
    db,
    origin,
    access,
    documents,
    states,
    graphs,
    kernels,
    language,
    revisions,
    search,
    hostState,
  })

  const unsubscribe = subscribe((signal: Signal) => {
    switch (signal.type) {
      case 'signed_out':
        return io.in(roomOfUser(signal.userId)).disconnectSockets(true)
      case 'notebook_renamed':
        return io.to(roomOf(signal.notebookId)).emit('notebook.renamed', { title: signal.title })
      case 'notebook_revised':
        return io.to(roomOf(signal.notebookId)).emit('notebook.revised')
      case 'notebook_deleted':
        // Pages come back, and are told that it is gone.
        io.in(roomOf(signal.notebookId)).disconnectSockets(true)
        documents.forget(signal.notebookId)
        kernels.end(signal.notebookId).catch((error) => console.error('a kernel was not ended:', error))
    }
  })

  return {
    endIdleKernels: idle.end,
    async close() {
      unsubscribe()
      io.disconnectSockets(true)
      io.of('/hosts').disconnectSockets(true)
      await revisions.settled()
      await search.settled()
      await documents.close()
      await states.settled()
      await io.close()
    },
    count: () => ({ '/': io.of('/').sockets.size, '/hosts': io.of('/hosts').sockets.size }),
  }
}
