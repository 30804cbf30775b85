import { io, type Socket } from 'socket.io-client'
import type { HostDataset, ReadVersion } from '../../lib/protocol/dataset-read'
import type {
  Answer,
  HostHello,
  HostPackages,
  HostSecret,
  HostToWeb,
  PackagesInUse,
  WebToHost,
} from '../../lib/protocol/hosts'
import type { ProblemsFound } from '../../lib/protocol/language'
import type { HostReport } from '../../lib/protocol/report'
import type { PullNews } from '../../lib/protocol/repository'
import type { ReproductionNews } from '../../lib/protocol/reproduction'
import type { Host, WebLink } from './host'

export type Connection = {
  web: WebLink
  /** Tells web of cells' problems; lost where there is no connection. */
  problems(found: ProblemsFound): void
  /** Tells web how this process does; lost where there is no connection. */
  report(message: HostReport): void
  /** Begins to connect, and goes on for as long as the process lives. */
  open(host: Host): void
  /** A notebook's packages have changed: into its document. */
  packages(message: HostPackages): Promise<void>
  /** Which environments and notebooks are used by anybody. Rejects where web does not answer. */
  used(asked: PackagesInUse): Promise<PackagesInUse>
  installing(notebookId: string, line: string): void
  /** How a pull goes; resolves when web has it. */
  pullNews(news: PullNews): Promise<void>
  /** How a reproduction goes; resolves when web has it. */
  reproductionNews(news: ReproductionNews): Promise<void>
  /** A secret's value, for the kernel of a person who may use it. */
  secret(message: HostSecret): Promise<string>
  /** Which version of a data set a person's cell reads. */
  dataset(message: HostDataset): Promise<ReadVersion>
  close(): void
}

const ackMs = 30_000
/** It reads the whole history of all notebooks. */
const usedMs = 300_000
/** A web that starts or restarts is there within this time: only what lasts is worth a line, milliseconds. */
const quietMs = 10_000

/** The host's socket to web. `hello` is asked for at every connection, since kernels come and go. */
export function createConnection(
  origin: string,
  hello: Omit<HostHello, 'kernels'>,
  onChange: (state: string) => void = () => {},
): Connection {
  let host: Host | undefined
  const socket: Socket<WebToHost, HostToWeb> = io(`${origin}/hosts`, {
    autoConnect: false,
    transports: ['websocket'],
    // A web that restarts is back within seconds; events wait on disk until then.
    reconnectionDelay: 200,
    reconnectionDelayMax: 500,
    auth: (give) => give({ ...hello, kernels: host?.kernels() ?? [] }),
  })
  socket.on('connect', () => {
    onChange('connected')
    host?.connected()
  })
  socket.on('disconnect', (reason) => {
    onChange(`disconnected: ${reason}`)
    host?.disconnected()
    // socket.io itself comes back after a broken line, but not after web has closed it on purpose.
    if (reason === 'io server disconnect') setTimeout(() => host && socket.connect(), 1000)
  })
  let failing: { since: number; said?: string } | undefined
  socket.on('connect', () => {
    failing = undefined
  })
  socket.on('connect_error', ({ message }) => {
    failing ??= { since: performance.now() }
    if (performance.now() - failing.since > quietMs && message !== failing.said) {
      onChange(`no connection: ${message}`)
      failing.said = message
    }
    // A refused sign-in (web may not know the machine yet) is not tried again by itself.
    if (!socket.active) setTimeout(() => host && socket.connect(), 2000)
  })

  const value = <T>(answer: Answer<T>) => {
    if (!answer.ok) throw Object.assign(new Error(answer.error.message), { name: answer.error.code })
    return answer
  }
  return {
    web: {
      events: async (notebookId, events) =>
        (await socket.timeout(ackMs).emitWithAck('events', { notebookId, events })).ok,
      stats: (notebookId, stats) => void socket.volatile.emit('stats', { notebookId, stats }),
      epoch: async (notebookId, after) =>
        value(await socket.timeout(ackMs).emitWithAck('kernel.epoch', { notebookId, after })).epoch,
    },
    problems: (found) => void (socket.connected && socket.emit('language.problems', found)),
    report: (message) => void socket.volatile.emit('report', message),
    async pullNews(news) {
      value(await socket.timeout(ackMs).emitWithAck('pull.news', news))
    },
    async reproductionNews(news) {
      value(await socket.timeout(ackMs).emitWithAck('reproduction.news', news))
    },
    async packages(message) {
      value(await socket.timeout(ackMs).emitWithAck('packages', message))
    },
    used: async (asked) => value(await socket.timeout(usedMs).emitWithAck('packages.used', asked)),
    secret: async (message) => value(await socket.timeout(ackMs).emitWithAck('secret', message)).value,
    dataset: async (message) => value(await socket.timeout(ackMs).emitWithAck('dataset', message)).version,
    installing: (notebookId, line) => void socket.volatile.emit('installing', { notebookId, line }),
    open(opened) {
      host = opened
      for (const [name, handler] of Object.entries(opened.handlers))
        socket.on(name as keyof WebToHost, handler as never)
      socket.connect()
    },
    close() {
      host?.disconnected()
      host = undefined
      socket.close()
    },
  }
}
