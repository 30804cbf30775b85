import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { KernelEvent, KernelStats } from '../../lib/protocol/events'
import type { Answer, HostHello, WebToHost } from '../../lib/protocol/hosts'
import type { LanguageService } from '../language/service'
import { answerAsk, type HostAsks, isHostAsk } from './asks'
import type { Datasets } from './datasets'
import { createDelivery, type Delivery } from './delivery'
import { NoKernelError } from './errors'
import type { Files } from './files'
import { answerFiles } from './files/answer'
import { logFile, readLog, sweepLogs } from './log'
import type { NotebookPackages } from './packages/notebook-packages'
import type { Posts } from './post'
import type { Pulls } from './repository/pulls'
import type { Reproductions } from './reproduce/reproductions'
import { createRoom, spoolQuota } from './room'
import { createSession, type Session, type SessionOptions } from './session'
import type { SparkBroker } from './spark/broker'
import { openSpool, type Spool } from './spool'

/** How a host reaches web. Each settles when web has answered; rejects when it does not. */
export type WebLink = {
  /** True once the events are committed. */
  events(notebookId: string, events: KernelEvent[]): Promise<boolean>
  /** May be lost. */
  stats(notebookId: string, stats: KernelStats): void
  epoch(notebookId: string, after: number): Promise<number>
}

export type HostOptions = {
  /** Events that web has not committed, and logs. */
  spoolDir: string
  /** Bytes that those events may hold; `spoolQuota()` unless given. */
  spoolQuota?: number
  /** How a notebook's child is started. */
  launch(notebookId: string): SessionOptions['launch']
  createCompiler: SessionOptions['createCompiler']
  backend: SessionOptions['backend']
  promote: SessionOptions['promote']
  artifact: SessionOptions['artifact']
  /** The files of notebooks on this machine. */
  files?: Files
  /** Pulls of repositories on this machine. */
  pulls?: Pulls
  /** Versions that are reproduced on this machine. */
  reproductions?: Reproductions
  /** Ways of kernels to Spark. */
  spark?: SparkBroker
  /** A secret of a notebook, for a person. */
  secret(notebookId: string, name: string, userId: string): Promise<string>
  /** The data sets of notebooks' workspaces. */
  datasets?: Pick<Datasets, 'open'>
  /** Makes a version of what a cell saves. */
  saveDataset?: Posts['saveDataset']
  web: WebLink
  /** What answers asks that need no kernel. */
  asks: Omit<HostAsks, 'outputs.clear'>
  /** Hears of cells' texts; answers asks too. */
  language: Pick<LanguageService, 'update' | 'close'>
  /** A notebook's own packages. */
  packages?(notebookId: string): NotebookPackages
  /** Hears of every event, before anybody else. */
  noted?(notebookId: string, event: KernelEvent): void
  /** Something went wrong that nobody waits for. */
  onProblem(problem: string, error: unknown): void
}

/** All kernels of one machine. */
export type Host = {
  handlers: WebToHost
  kernels(): HostHello['kernels']
  connected(): void
  disconnected(): void
  /** Ends every kernel, and waits until web has all events or `timeoutMs` are over: the rest stays on disk. */
  close(reason: string, timeoutMs: number): Promise<void>
}

type Notebook = {
  id: string
  spool: Spool
  delivery: Delivery
  session?: Session
  /** Of the life that was last asked for, which may not have begun yet. */
  epoch: number
}

/** Also reports the kernels dead that a host before this one had when it was killed. */
export function createHost(options: HostOptions): Host {
  const { spoolDir, web, asks, onProblem } = options
  const eventsDir = join(spoolDir, 'events')
  const logsDir = join(spoolDir, 'logs')
  const notebooks = new Map<string, Notebook>()
  const isFull = createRoom(options.spoolQuota ?? spoolQuota(), function* () {
    for (const { spool } of notebooks.values()) yield spool
  })
  let isConnected = false

  const open = (id: string): Notebook => {
    const found = notebooks.get(id)
    if (found) return found
    const spool = openSpool(join(eventsDir, safeId(id)))
    const send = (events: KernelEvent[]) => web.events(id, events)
    const notebook: Notebook = {
      id,
      spool,
      delivery: createDelivery(spool, send, () => release(notebook)),
      epoch: 0,
    }
    notebooks.set(id, notebook)
    if (isConnected) notebook.delivery.connected()
    return notebook
  }
  /** Web has everything of a kernel that has ended: nothing is left to keep. */
  const release = (notebook: Notebook) => {
    if (notebook.session?.alive() || !ended(notebook.spool.last())) return
    notebook.delivery.disconnected()
    notebook.spool.remove()
    notebooks.delete(notebook.id)
  }
  const record = ({ id, spool, delivery }: Notebook, event: KernelEvent) => {
    options.noted?.(id, event)
    try {
      spool.append(event)
    } catch (error) {
      // A full disk: it still goes out live, and the kernel goes on.
      onProblem('an event could not be spooled', error)
    }
    delivery.push(event)
  }
  const recover = () => {
    mkdirSync(eventsDir, { recursive: true })
    for (const id of readdirSync(eventsDir)) {
      const notebook = open(id)
      const last = notebook.spool.last()
      if (!last) notebook.spool.remove()
      if (!last || ended(last)) continue
      const reason = "the machine's host process was restarted, and its kernels ended with it"
      const { epoch, seq } = last
      record(notebook, { type: 'status', state: 'dead', reason, epoch, seq: seq + 1, at: Date.now() })
    }
    void sweepLogs(logsDir).catch((error) => onProblem('old logs could not be deleted', error))
  }

  const start = async (notebookId: string, epoch: number): Promise<Answer> => {
    const notebook = open(notebookId)
    notebook.session ??= createSession({
      ...options,
      notebookId,
      launch: options.launch(notebookId),
      packages: options.packages?.(notebookId),
      secret: (name, userId) => options.secret(notebookId, name, userId),
      dataset: options.datasets && ((ask) => options.datasets!.open({ ...ask, notebookId })),
      saveDataset:
        options.saveDataset && ((save, parts) => options.saveDataset!({ ...save, notebookId }, parts)),
      spark: options.spark?.kernel(),
      logFolder: join(logsDir, safeId(notebookId)),
      onEvent: (event) => record(open(notebookId), event),
      isFull: () => isFull(open(notebookId).spool),
      onStats: (stats) => web.stats(notebookId, stats),
      nextEpoch: (after) => web.epoch(notebookId, after),
    })
    const { session } = notebook
    const now = Math.max(notebook.epoch, session.position().epoch)
    if (epoch < now) return refuse('old_epoch', `a newer kernel has begun: ${now}, not ${epoch}`)
    if (epoch === now) return ok
    notebook.epoch = epoch
    const replaced = session.alive()
    const begun = session.restart(epoch)
    begun.catch((error) => onProblem('a kernel could not be started', error))
    // A new kernel takes executions at once; one that replaces another, when that has ended.
    if (replaced) await begun
    return ok
  }
  const live = (notebookId: string) => {
    const session = notebooks.get(notebookId)?.session
    if (!session?.alive()) throw new NoKernelError()
    return session
  }

  const hostAsks: HostAsks = {
    ...asks,
    'outputs.clear': ({ notebookId }, { executions }) => {
      live(notebookId).clear(executions)
      return {}
    },
  }

  const handlers: WebToHost = {
    'kernel.start': ({ notebookId, epoch }, reply) => answer(reply, () => start(notebookId, epoch)),
    'kernel.execute': ({ notebookId, userId, cells, inPageOrder = false, inTurn }, reply) =>
      answer(reply, () => {
        const executions = cells.map((cell) => ({ ...cell, userId, inPageOrder }))
        live(notebookId).execute(executions, { inTurn })
        return ok
      }),
    'kernel.inputs': ({ notebookId, changes }, reply) =>
      answer(reply, () => {
        live(notebookId).setInputs(changes)
        return ok
      }),
    'kernel.interrupt': ({ notebookId }, reply) =>
      answer(reply, async () => ({ ok: true, ...(await live(notebookId).interrupt()) })),
    'kernel.cancel': ({ notebookId, executionId }, reply) =>
      answer(reply, () => {
        live(notebookId).cancel(executionId)
        return ok
      }),
    'kernel.stop': ({ notebookId, restart, unused }, reply) =>
      answer(reply, async () => {
        if (restart) return start(notebookId, restart.epoch)
        const session = live(notebookId)
        if (unused !== undefined && !session.isIdle()) return refuse('busy', 'a cell runs or waits')
        await session.stop(unused, { unasked: unused !== undefined })
        return ok
      }),
    'kernel.forget': ({ notebookId, cellId }) => notebooks.get(notebookId)?.session?.forget(cellId),
    'notebook.packages': ({ notebookId, environment }) => options.packages?.(notebookId).set(environment),
    'notebook.ask': ({ notebookId, userId, method, params }, reply) =>
      answer(reply, async () => {
        const result = isHostAsk(method)
          ? await answerAsk(hostAsks, method, { notebookId, userId }, params)
          : await live(notebookId).ask(method, params)
        return { ok: true, result }
      }),
    'notebook.files': ({ notebookId, call }, reply) =>
      answer(reply, async () => {
        if (!options.files) throw new Error('this machine keeps no files of notebooks')
        return { ok: true, result: await answerFiles(options.files, safeId(notebookId), call) }
      }),
    'pull.begin': (order, reply) =>
      answer(reply, async () => {
        if (!options.pulls) throw new Error('this machine pulls no repositories')
        options.pulls.begin(order)
        return { ok: true }
      }),
    'reproduction.begin': (order, reply) =>
      answer(reply, async () => {
        if (!options.reproductions) throw new Error('this machine reproduces no versions')
        options.reproductions.begin(order)
        return { ok: true }
      }),
    'reproduction.cancel': ({ reproductionId }, reply) =>
      answer(reply, () => {
        options.reproductions?.cancel(reproductionId)
        return ok
      }),
    'kernel.promote': ({ notebookId, userId, cellId, variable, endpoint }, reply) =>
      answer(reply, async () => {
        const promoted = await live(notebookId).promote(userId, cellId, variable, endpoint)
        return { ok: true, promoted }
      }),
    'kernel.log': ({ notebookId, executionId, offset }, reply) =>
      answer(reply, async () => {
        await notebooks.get(notebookId)?.session?.logged(executionId)
        return {
          ok: true,
          ...(await readLog(logFile(join(logsDir, safeId(notebookId)), executionId), offset)),
        }
      }),
    'language.cells': (cells) => options.language.update({ ...cells, notebookId: safeId(cells.notebookId) }),
    'language.close': ({ notebookId }) => options.language.close(notebookId),
    'kernel.resend': ({ notebookId, after }) => notebooks.get(notebookId)?.delivery.resend(after),
  }
  recover()

  return {
    handlers,
    kernels: () =>
      [...notebooks.values()].flatMap(({ id, session }) =>
        session?.alive() ? [{ notebookId: id, position: session.position() }] : [],
      ),
    connected() {
      isConnected = true
      for (const { delivery } of [...notebooks.values()]) delivery.connected()
    },
    disconnected() {
      isConnected = false
      for (const { delivery } of notebooks.values()) delivery.disconnected()
    },
    async close(reason, timeoutMs) {
      const end = Date.now() + timeoutMs
      await Promise.all([...notebooks.values()].map(({ session }) => session?.stop(reason)))
      const unsettled = () => [...notebooks.values()].some(({ delivery }) => !delivery.settled())
      while (isConnected && unsettled() && Date.now() < end) await new Promise((done) => setTimeout(done, 10))
      for (const { spool } of notebooks.values()) spool.close()
    },
  }
}

const ok = { ok: true } as const
const refuse = (code: string, message: string) => ({ ok: false as const, error: { code, message } })

/** The last word of a kernel. */
const ended = (event: KernelEvent | undefined) =>
  event?.type === 'status' && (event.state === 'dead' || event.state === 'stopped')

/** Ids come from web and become folders. */
function safeId(id: string) {
  if (!/^[0-9a-z-]{1,64}$/i.test(id)) throw new Error(`not a notebook id: ${id}`)
  return id
}

/** Answers a message, whatever happens in between. */
async function answer<T>(reply: (answer: Answer<T>) => void, act: () => Answer<T> | Promise<Answer<T>>) {
  try {
    reply(await act())
  } catch (error) {
    const { name, message } = error as Error
    reply(refuse(error instanceof NoKernelError ? 'no_kernel' : name, message))
  }
}
