import { desc, eq } from 'drizzle-orm'
import { kernelSessions } from '../../drizzle/schema'
import type { Database } from '../../lib/db'
import { nextEpoch } from '../../lib/kernels/epoch'
import type { ReadLogPart } from '../../lib/kernels/log'
import type { AskOfTable } from '../../lib/kernels/table-file'
import { type AskResults, asks, askTimeout } from '../../lib/protocol/asks'
import type { ClientAnswers, ClientMessages } from '../../lib/protocol/client'
import { Refused } from '../../lib/refused'
import type { Documents, OpenDocument } from './documents'
import { createExecute, type Executed } from './graph/execute'
import type { Graphs } from './graph/graphs'
import type { Host, Hosts } from './hosts'
import { isAlive, type KernelStates } from './kernel-states'
import type { Language } from './language'
import type { Packages } from './packages'
import type { Revisions } from './revisions'

/** How long the document may take to hold what the page has. */
const documentMs = 5_000
/** A cell that ignores Stop is given this long by its host before its kernel is replaced. */
const interruptMs = 30_000
const promoteMs = 300_000

type Notebook = { id: string; document: OpenDocument; userId: string }
type Asked<K extends keyof ClientMessages> = (
  notebook: Notebook,
  message: ClientMessages[K],
) => Promise<ClientAnswers[K]>
type KernelMessages = { [K in Extract<keyof ClientMessages, `kernel.${string}`>]: Asked<K> }

export type Kernels = {
  /** One for each message of a page about its kernel. */
  messages: KernelMessages
  ask: Asked<'notebook.ask'>
  /** After an edit in a notebook that runs automatically. */
  edited: Executed['edited']
  /** Ends the kernel of a notebook that is gone. */
  end(notebookId: string): Promise<void>
  readLog: ReadLogPart
  askOfTable: AskOfTable
  /** The machine that has a notebook's files: where its kernel lives or lived last. */
  hostOf(notebookId: string): Promise<Host>
}

const noHost = () =>
  new Refused(503, 'host_absent', 'no machine that could run this is connected; it starts when one is back')

/** What pages ask of notebooks' kernels, by way of the hosts. */
export function createKernels(
  db: Database,
  hosts: Hosts,
  states: KernelStates,
  graphs: Graphs,
  language: Pick<Language, 'ready' | 'refuse'>,
  revisions: Revisions,
  { documents, packages }: { documents: Documents; packages: Packages },
): Kernels {
  const starting = new Map<string, Promise<Host>>()

  /** The host of the notebook's live kernel; one is started where none lives. */
  function ensure(notebookId: string): Host | Promise<Host> {
    const pending = starting.get(notebookId)
    if (pending) return pending
    const host = hosts.of(notebookId)
    if (host) return host
    const promise = start(notebookId).finally(() => starting.delete(notebookId))
    starting.set(notebookId, promise)
    return promise
  }

  async function start(notebookId: string): Promise<Host> {
    const kernel = await states.open(notebookId)
    const alive = isAlive(kernel.state())
    kernel.release()
    if (alive) {
      const machineId = await machineOf(notebookId)
      // Its variables are on a machine that may come back.
      if (machineId && !hosts.byMachine(machineId)) {
        throw new Refused(
          503,
          'host_absent',
          'the machine that runs this kernel is not connected; wait for it, or restart',
        )
      }
    }
    return begin(notebookId)
  }

  async function begin(notebookId: string) {
    const host = hosts.pick()
    if (!host) throw noHost()
    const epoch = await nextEpoch(notebookId, host.machine.id, db)
    host.kernels.set(notebookId, epoch)
    try {
      await host.ask('kernel.start', { notebookId, epoch })
    } catch (error) {
      if (host.kernels.get(notebookId) === epoch) host.kernels.delete(notebookId)
      throw error
    }
    return host
  }

  async function machineOf(notebookId: string) {
    const [row] = await db
      .select({ machineId: kernelSessions.machineId })
      .from(kernelSessions)
      .where(eq(kernelSessions.notebookId, notebookId))
      .orderBy(desc(kernelSessions.epoch))
      .limit(1)
    return row?.machineId ?? undefined
  }

  /** The host of the live kernel, or a refusal that says that there is none. */
  async function live(notebookId: string): Promise<Host> {
    const host = (await starting.get(notebookId)) ?? hosts.of(notebookId)
    if (!host) throw new Refused(409, 'no_kernel', 'no kernel runs; run a cell to start one')
    return host
  }

  async function tellPackages(host: Host, notebookId: string) {
    const open = await documents.open(notebookId)
    try {
      packages.tell(host, notebookId, open.document)
    } finally {
      open.release()
    }
  }

  const execute = createExecute({
    graphs,
    states,
    kernel: {
      epoch: (notebookId) => hosts.of(notebookId)?.kernels.get(notebookId),
      async ensure(notebookId) {
        await ensure(notebookId)
      },
      async send(message) {
        const { notebookId, cells } = message
        await language.refuse(
          notebookId,
          cells.map(({ cellId }) => cellId),
        )
        const host = await ensure(notebookId)
        try {
          await tellPackages(host, notebookId)
          await host.ask('kernel.execute', message)
          return true
        } catch (error) {
          if (!(error instanceof Refused) || error.code !== 'no_kernel') throw error
          // It has ended, and its last word has not arrived here yet.
          host.kernels.delete(notebookId)
          return false
        }
      },
    },
    runs({ id, document, userId }, itself) {
      if (itself) revisions.ranItself(id, document, userId)
      else revisions.ran(id, document, userId)
    },
  })

  const messages: KernelMessages = {
    async 'kernel.execute'({ id, document, userId }, { cellIds, plan, stateVector }) {
      await document.reaches(stateVector, documentMs)
      return execute.asked({ id, document: document.document, userId }, { cellIds, plan })
    },
    async 'kernel.input'({ id, document, userId }, change) {
      await (await live(id)).ask('kernel.inputs', { notebookId: id, changes: [change] })
      await execute.moved({ id, document: document.document, userId }, change.cellId, change.name)
      return {}
    },
    async 'kernel.interrupt'({ id }) {
      const { kept } = await (await live(id)).ask('kernel.interrupt', { notebookId: id }, interruptMs)
      return { kept }
    },
    async 'kernel.cancel'({ id }, { executionId }) {
      await (await live(id)).ask('kernel.cancel', { notebookId: id, executionId })
      return {}
    },
    async 'kernel.restart'({ id }) {
      const host = (await starting.get(id)) ?? hosts.of(id)
      if (!host) {
        await begin(id)
        return {}
      }
      const epoch = await nextEpoch(id, host.machine.id, db)
      host.kernels.set(id, epoch)
      await host.ask('kernel.stop', { notebookId: id, restart: { epoch } }, interruptMs)
      return {}
    },
    async 'kernel.stop'({ id }) {
      await (await live(id)).ask('kernel.stop', { notebookId: id }, interruptMs)
      return {}
    },
    async 'kernel.promote'({ id, userId }, { cellId, variable, endpoint }) {
      const message = { notebookId: id, userId, cellId, variable, endpoint }
      const { promoted } = await (await live(id)).ask('kernel.promote', message, promoteMs)
      return { promoted }
    },
  }

  async function ask({ id, document, userId }: Notebook, { method, params }: ClientMessages['notebook.ask']) {
    const { to, params: schema } = asks[method]
    const { success, data, error } = schema.safeParse(params)
    if (!success) {
      const [issue] = error.issues
      throw new Refused(400, 'bad_message', `${method}: ${issue?.path.join('.')}: ${issue?.message}`)
    }
    const host = to === 'child' ? await live(id) : (hosts.of(id) ?? hosts.pick())
    if (!host) throw noHost()
    if (method.startsWith('language.')) language.ready(id, host)
    packages.tell(host, id, document.document)
    // The host says itself when its time is over, and why.
    const patience = askTimeout(method) + 5_000
    const { result } = await host.ask(
      'notebook.ask',
      { notebookId: id, userId, method, params: data },
      patience,
    )
    return { result }
  }

  return {
    messages,
    ask,
    async askOfTable({ notebookId, userId }, method, params) {
      const message = { notebookId, userId, method, params }
      const { result } = await (await live(notebookId)).ask(
        'notebook.ask',
        message,
        askTimeout(method) + 5_000,
      )
      return result as AskResults[typeof method]
    },
    edited: execute.edited,
    async end(notebookId) {
      await hosts.of(notebookId)?.ask('kernel.stop', { notebookId }, interruptMs)
    },
    async hostOf(notebookId) {
      const machineId = hosts.of(notebookId) ? undefined : await machineOf(notebookId)
      const last = machineId === undefined ? undefined : hosts.byMachine(machineId)
      const host = hosts.of(notebookId) ?? last ?? (machineId === undefined ? hosts.pick() : undefined)
      if (host) return host
      throw new Refused(503, 'host_absent', "the machine that keeps this notebook's files is not connected")
    },
    async readLog(notebookId, executionId, offset) {
      const machineId = await machineOf(notebookId)
      const host = hosts.of(notebookId) ?? (machineId ? hosts.byMachine(machineId) : undefined)
      if (!host) throw new Refused(503, 'host_absent', 'the machine that keeps this log is not connected')
      return host.ask('kernel.log', { notebookId, executionId, offset }, 30_000)
    },
  }
}
