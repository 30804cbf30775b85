import type { Namespace, Server, Socket } from 'socket.io'
import type { z } from 'zod'
import type { Database } from '../../lib/db'
import { connectedHosts } from '../../lib/machines/connected'
import { stillUsed } from '../../lib/machines/still-used'
import { verifyMachine } from '../../lib/machines/verify'
import { type HostDataset, hostDataset, type ReadVersion } from '../../lib/protocol/dataset-read'
import type { KernelEvent, KernelStats } from '../../lib/protocol/events'
import {
  type Answer,
  type HostPackages,
  type HostSecret,
  type HostToWeb,
  hostEvents,
  hostHello,
  hostInstalling,
  hostPackages,
  hostSecret,
  hostStats,
  packagesInUse,
  type WebToHost,
} from '../../lib/protocol/hosts'
import { type CellProblems, problemsFound } from '../../lib/protocol/language'
import { type HostReport, hostReport } from '../../lib/protocol/report'
import { type PullNews, pullNews } from '../../lib/protocol/repository'
import { type ReproductionNews, reproductionNews } from '../../lib/protocol/reproduction'
import { Refused } from '../../lib/refused'
import { answerOf } from './answer'

type HostSocket = Socket<
  HostToWeb,
  WebToHost,
  Record<string, never>,
  { machine: Machine; hello: z.infer<typeof hostHello> }
>
type Machine = { id: string; name: string }

export type Host = {
  machine: Machine
  /** Notebook → epoch of the kernels that live on it. */
  kernels: Map<string, number>
  /** Resolves with what the host answered; refuses with its words, or when it does not answer within `ms`. */
  ask<K extends Asked>(name: K, message: Parameters<WebToHost[K]>[0], ms?: number): Promise<Given<K>>
  tell<K extends Told>(name: K, message: Parameters<WebToHost[K]>[0]): void
}
type Told = 'kernel.forget' | 'kernel.resend' | 'language.cells' | 'language.close' | 'notebook.packages'
type Asked = Exclude<keyof WebToHost, Told>
type Given<K extends Asked> = Extract<Parameters<Parameters<WebToHost[K]>[1]>[0], { ok: true }>

export type HostListener = {
  /** Resolves after the commit. */
  events(machine: Machine, notebookId: string, events: KernelEvent[]): Promise<void>
  stats(notebookId: string, stats: KernelStats): void
  problems(notebookId: string, cells: CellProblems[]): void
  /** How a host does. */
  report(machine: Machine, report: HostReport): void
  /** The next epoch of a kernel that its host restarts by itself. */
  epoch(machine: Machine, notebookId: string): Promise<number>
  /** A notebook's packages have changed; resolves once they are in its document. */
  packages(machine: Machine, message: HostPackages): Promise<void>
  /** A secret's value, for a person's cell on this machine. */
  secret(machine: Machine, message: HostSecret): Promise<string>
  /** Which version of a data set a person's cell on this machine reads. */
  dataset(machine: Machine, message: HostDataset): Promise<ReadVersion>
  /** How a pull goes; resolves after the commit. */
  pullNews(machine: Machine, news: PullNews): Promise<void>
  /** How a reproduction goes; resolves after the commit. */
  reproductionNews(machine: Machine, news: ReproductionNews): Promise<void>
  /** A line of an installation. */
  installing(notebookId: string, line: string): void
  /** Hosts came or went. */
  changed(): void
}

export type Hosts = {
  /** The host on which a notebook's kernel lives. */
  of(notebookId: string): Host | undefined
  byMachine(machineId: string): Host | undefined
  /** Notebook → the host on which its kernel lives. */
  kernels(): Map<string, Host>
  /** The one with the fewest kernels. */
  pick(): Host | undefined
}

/** The machines' hosts, which connect to the namespace `/hosts` with their token. */
export function acceptHosts(io: Server, db: Database, listener: HostListener): Hosts {
  const hosts = new Map<string, Host & { socket: HostSocket }>()
  const namespace = io.of('/hosts') as Namespace<
    HostToWeb,
    WebToHost,
    Record<string, never>,
    HostSocket['data']
  >

  namespace.use(async (socket, next) => {
    try {
      const hello = hostHello.safeParse(socket.handshake.auth)
      const machine = hello.success ? await verifyMachine(hello.data.token, db) : undefined
      if (!machine || !hello.success) return next(new Error('unauthorized'))
      socket.data = { machine, hello: hello.data }
      next()
    } catch (error) {
      console.error('a host could not be checked:', error)
      next(new Error('try again'))
    }
  })

  namespace.on('connection', (socket) => {
    const { machine, hello } = socket.data
    const host = describe(socket, machine)
    for (const { notebookId, position } of hello.kernels) host.kernels.set(notebookId, position.epoch)
    // A second connection of a machine is its first one come back.
    hosts.get(machine.id)?.socket.disconnect(true)
    hosts.set(machine.id, host)
    const { isolation, backend } = hello
    connectedHosts().set(machine.id, {
      isolation,
      backend,
      get kernels() {
        return host.kernels.size
      },
    })
    listener.changed()

    socket.on('events', (message, reply) =>
      answerOf(reply, async () => {
        const { notebookId, events } = parse(hostEvents, message)
        for (const event of events) note(host, notebookId, event)
        await listener.events(machine, notebookId, events)
        return {}
      }),
    )
    socket.on('stats', (message) => {
      const parsed = hostStats.safeParse(message)
      if (parsed.success) listener.stats(parsed.data.notebookId, parsed.data.stats)
    })
    socket.on('report', (message) => {
      const parsed = hostReport.safeParse(message)
      if (parsed.success) listener.report(machine, parsed.data)
    })
    socket.on('language.problems', (message) => {
      const parsed = problemsFound.safeParse(message)
      if (parsed.success) listener.problems(parsed.data.notebookId, parsed.data.cells)
    })
    socket.on('kernel.epoch', ({ notebookId }, reply) =>
      answerOf(reply, async () => {
        const epoch = await listener.epoch(machine, notebookId)
        host.kernels.set(notebookId, epoch)
        return { epoch }
      }),
    )
    socket.on('packages', (message, reply) =>
      answerOf(reply, async () => {
        await listener.packages(machine, parse(hostPackages, message))
        return {}
      }),
    )
    socket.on('packages.used', (message, reply) =>
      answerOf(reply, () => stillUsed(parse(packagesInUse, message), db)),
    )
    socket.on('dataset', (message, reply) =>
      answerOf(reply, async () => ({
        version: await listener.dataset(machine, parse(hostDataset, message)),
      })),
    )
    socket.on('secret', (message, reply) =>
      answerOf(reply, async () => ({ value: await listener.secret(machine, parse(hostSecret, message)) })),
    )
    socket.on('pull.news', (message, reply) =>
      answerOf(reply, async () => {
        await listener.pullNews(machine, parse(pullNews, message))
        return {}
      }),
    )
    socket.on('reproduction.news', (message, reply) =>
      answerOf(reply, async () => {
        await listener.reproductionNews(machine, parse(reproductionNews, message))
        return {}
      }),
    )
    socket.on('installing', (message) => {
      const parsed = hostInstalling.safeParse(message)
      if (parsed.success) listener.installing(parsed.data.notebookId, parsed.data.line)
    })
    socket.on('disconnect', () => {
      if (hosts.get(machine.id) !== host) return
      hosts.delete(machine.id)
      connectedHosts().delete(machine.id)
      listener.changed()
    })
  })

  return {
    of: (notebookId) => [...hosts.values()].find(({ kernels }) => kernels.has(notebookId)),
    byMachine: (machineId) => hosts.get(machineId),
    kernels: () =>
      new Map([...hosts.values()].flatMap((host) => [...host.kernels.keys()].map((id) => [id, host]))),
    pick: () => [...hosts.values()].sort((a, b) => a.kernels.size - b.kernels.size)[0],
  }
}

function describe(socket: HostSocket, machine: Machine): Host & { socket: HostSocket } {
  return {
    socket,
    machine,
    kernels: new Map(),
    async ask(name, message, ms = 10_000) {
      // socket.io's types cannot follow a generic event name; `WebToHost` pairs message and answer.
      const emitter = socket.timeout(ms) as unknown as {
        emitWithAck(name: string, message: unknown): Promise<Answer>
      }
      const answer = await emitter.emitWithAck(name, message).catch(() => {
        throw new Refused(
          504,
          'host_silent',
          `the machine did not answer within ${ms / 1000} s: ${machine.name}`,
        )
      })
      if (!answer.ok) throw new Refused(409, answer.error.code, answer.error.message)
      return answer as Given<typeof name>
    },
    tell(name, message) {
      ;(socket as unknown as { emit(name: string, message: unknown): void }).emit(name, message)
    },
  }
}

/** A kernel that has ended lives there no more; one that was replaced has a newer epoch by now. */
function note(host: Host, notebookId: string, event: KernelEvent) {
  if (event.type !== 'status') return
  const epoch = host.kernels.get(notebookId)
  const over = event.state === 'dead' || event.state === 'stopped'
  if (over && epoch !== undefined && epoch <= event.epoch) host.kernels.delete(notebookId)
  if (!over && event.state !== 'restarting' && (epoch ?? 0) < event.epoch)
    host.kernels.set(notebookId, event.epoch)
}

function parse<T>(schema: z.ZodType<T>, message: unknown): T {
  const { success, data, error } = schema.safeParse(message)
  if (success) return data
  throw new Refused(
    400,
    'bad_message',
    `not understood: ${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`,
  )
}
