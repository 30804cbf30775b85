import { askTimeout, type ChildAsk } from '../../lib/protocol/asks'
import { datasetAsk, type HostDataset, type OpenedDataset } from '../../lib/protocol/dataset-read'
import type {
  Backend,
  ExecutionAsked,
  ExecutionNames,
  ExecutionState,
  KernelEvent,
  KernelEventBody,
  KernelState,
  KernelStats,
  Position,
} from '../../lib/protocol/events'
import type { Promotion } from '../../lib/protocol/hosts'
import { inputKey } from '../../lib/protocol/input-key'
import type { InputChange } from '../../lib/protocol/inputs'
import type {
  ChildMessage,
  CompiledCell,
  HostCall,
  HostMessage,
  Promoted,
  PromoteRequest,
} from '../../lib/protocol/kernel'
import type { ArtifactUpload, TrackedArtifact } from '../../lib/protocol/tracking'
import type { Exit } from '../isolate/spawn'
import { createAhead } from './ahead'
import type { KernelChild, Launch } from './child'
import { NoKernelError, toKernelError } from './errors'
import type { Rates } from './limits'
import { createOutputs, type Of } from './outputs'
import { createOverflow } from './overflow'
import type { NotebookPackages } from './packages/notebook-packages'
import { createQueue } from './queue'
import { createRequests } from './requests'
import { createRedactor } from './secrets/redactor'
import type { KernelSpark } from './spark/broker'
import { createMeter } from './stats'
import { createTurns } from './turns'

/** A cell to execute. `inPageOrder`: a failure before it cancels it, whether it uses what failed or not. */
export type Execution = Of & ExecutionAsked & { userId: string; inPageOrder: boolean }

/** Keeps the names that a kernel's cells define, since a cell is compiled against them. */
export type Compiler = {
  /** Of a cell that is about to run. Throws what `toKernelError` can show. */
  compile(cellId: string, source: string): { cell: CompiledCell; names?: ExecutionNames }
  /** The same cell as `compile` would give, before its turn; undefined where it cannot be compiled. */
  ahead(cellId: string, source: string): { cell: CompiledCell; isSettled: boolean } | undefined
  /** A cell is deleted, its values with it. Returns the cells that had given one of its names a value before. */
  forget(cellId: string): string[]
}

export type SessionOptions = {
  notebookId: string
  launch: Launch
  createCompiler(): Compiler
  /** Every event, numbered, in order. */
  onEvent(event: KernelEvent): void
  /** Whether there is no room for more output until web takes some. */
  isFull?(): boolean
  onStats(stats: KernelStats): void
  /** Where full logs of executions go. */
  logFolder: string
  /** How much output is passed on a second; what a page is sent unless given. */
  rates?: Rates
  backend: Backend
  /** The notebook's own packages, where there is a place for them. */
  packages?: NotebookPackages
  /** A secret's value, for a person; rejects with why it is not given. */
  secret(name: string, userId: string): Promise<string>
  /** A version of a data set, for a person; where there is none, cells read files only. */
  dataset?(ask: Omit<HostDataset, 'notebookId'>): Promise<OpenedDataset>
  /** Its kernel's way to Spark, where there is one. */
  spark?: KernelSpark
  promote(promotion: Promotion, request: PromoteRequest, bundle: Uint8Array): Promise<Promoted>
  /** Keeps a file of a run; resolves after that. */
  artifact(upload: ArtifactUpload, bytes: Uint8Array): Promise<void>
  /** The number of the next life, from whoever numbers them; rejects where nobody answers. */
  nextEpoch(after: number): Promise<number>
}

/** One notebook's kernel, through any number of lives. */
export type Session = {
  notebookId: string
  position(): Position
  alive(): boolean
  start(epoch: number): Promise<void>
  /** False where no kernel lives. `inTurn`: see `lib/protocol/hosts`. */
  execute(executions: Execution[], how?: { inTurn?: boolean }): boolean
  /** Stops what runs, cancels what waits. `kept`: variables are still there. Settles when the kernel is idle or replaced. */
  interrupt(): Promise<{ kept: boolean }>
  /** Takes back what waits, and those that wait for it. */
  cancel(executionId: string): void
  restart(epoch: number): Promise<void>
  /** `unasked`: nobody meant it, and pages say so. */
  stop(reason?: string, how?: { unasked?: boolean }): Promise<void>
  /** Whether it lives and nothing runs or waits in it. */
  isIdle(): boolean
  forget(cellId: string): void
  /** Takes away what executions put out. */
  clear(executions: readonly Of[]): void
  /** People moved inputs: also told to the kernels that follow. False where none lives. */
  setInputs(changes: InputChange[]): boolean
  /** An ask of a page to the child. */
  ask(method: ChildAsk, params: unknown): Promise<unknown>
  promote(userId: string, cellId: string, variable: string, endpoint: string): Promise<Promoted>
  /** Settles when an execution's log file holds all that was printed so far. */
  logged(executionId: string): Promise<void>
}

const stuckMs = 2500
const startMs = 20_000
const statsMs = 2000
const promoteMs = 300_000

export function createSession(options: SessionOptions): Session {
  const { notebookId, launch, onEvent, onStats, logFolder, rates, backend, packages, nextEpoch } = options
  let position: Position = { epoch: 0, seq: 0 }
  let state: KernelState = 'stopped'
  let child: KernelChild | undefined
  let compiler = options.createCompiler()
  const queue = createQueue()
  const ahead = createAhead()
  let current:
    | (Execution & {
        n: number
        startedAt: number
        count: number
        /** While its packages are put in place, and the child knows nothing of it: what ends that. */
        preparing?: AbortController
      })
    | undefined
  let executionCount = 0
  let interrupting: Promise<{ kept: boolean }> | undefined
  /** The execution that a Stop waits for. */
  let stopping: { n: number; settled(): void } | undefined
  /** By execution number: where its output belongs, also after its end. */
  const executions = new Map<number, Execution>()
  const sources = new Map<string, string>()
  /** What people set the inputs to; a new kernel shows them so while they are defined as they were. */
  const inputs = new Map<string, InputChange>()
  /** Of these, those that the kernel has not been told: all of one turn see the same values. */
  const untold = new Map<string, InputChange>()
  /** Of each cell that ran in this life, the last execution. */
  const ran = new Map<string, Of>()
  let last: Execution | undefined
  let nativeTail = ''
  let statsTimer: NodeJS.Timeout | undefined
  const meter = createMeter()
  const requests = createRequests()

  const emit = createOverflow(options.isFull ?? (() => false), (body: KernelEventBody) => {
    position = { epoch: position.epoch, seq: position.seq + 1 }
    onEvent({ ...body, ...position, at: Date.now() })
  })
  const redactor = createRedactor()
  let outputs = createOutputs({ emit, logFolder, rates, redactor })
  const setState = (next: KernelState, extra: Omit<Partial<StatusBody>, 'type' | 'state'> = {}) => {
    state = next
    outputs.event({ type: 'status', state: next, ...extra })
  }
  const setExecution = (
    { cellId, executionId }: Of,
    next: ExecutionState,
    extra: Partial<Pick<ExecutionBody, 'executionCount' | 'ms' | 'asked' | 'names'>> = {},
  ) => {
    outputs.event({ type: 'execution', cellId, executionId, state: next, ...extra })
    if (next !== 'queued' && next !== 'running') turns.ended(executionId)
  }
  const alive = () => state === 'starting' || state === 'idle' || state === 'busy'
  const cancelAll = (executions: Execution[]) => {
    for (const each of executions) setExecution(each, 'cancelled')
  }
  const turns = createTurns()
  const cancelQueue = () => {
    turns.clear()
    cancelAll(queue.clear())
  }
  /** Of a child that is gone, or going. */
  const cancelWaiting = () => {
    cancelAll(ahead.takeBack(0))
    cancelQueue()
    for (const act of takingBack.splice(0)) act()
  }
  /** What is to be done once the child has said which executions have begun. */
  const takingBack: (() => void)[] = []
  /** Takes back what was sent ahead and has not begun, as if it had never been sent; then `act`. */
  const withoutAhead = (act: () => void) => {
    const last = ahead.last()
    if (!last && takingBack.length === 0) return act()
    takingBack.push(act)
    const asked = child
    if (takingBack.length > 1 || !asked || !last) return
    void asked.takeBack(last.n).then((begun) => {
      if (child !== asked) return
      queue.putBack(ahead.takeBack(begun))
      // It was about to begin as this was asked.
      if (current && current.n > begun && current.n <= last.n) {
        setExecution(current, 'queued', queuedAs(current))
        queue.putBack([current])
        current = undefined
      }
      for (const act of takingBack.splice(0)) act()
      pump()
    })
  }
  const queuedAs = ({ source, inputs, lent }: Execution) => ({
    asked: { source, inputs, ...(lent?.length && { lent }) },
  })
  const enqueue = (executions: Execution[]) => {
    for (const each of executions) setExecution(each, 'queued', queuedAs(each))
    queue.add(executions)
  }

  /** Begins the next turn of executions, with the inputs as they are now, once the one before it is over. */
  const beginTurn = () => {
    if (untold.size > 0 && child && state !== 'starting' && !turns.isRunning()) {
      child.send({ type: 'inputs', changes: [...untold.values()] })
      untold.clear()
    }
    enqueue(turns.next())
  }

  /** Hands the next cell to the child, if it is free, and some of those behind it. */
  const pump = () => {
    beginTurn()
    while (child && !current && (state === 'idle' || state === 'busy')) {
      if (queue.isEmpty()) beginTurn()
      const sent = ahead.next()
      const next = sent ?? queue.next()
      if (!next) break
      const count = ++executionCount
      if (state === 'idle') setState('busy')
      let compiled: ReturnType<Compiler['compile']> | undefined
      let prepared: Promise<string> | undefined
      const preparing = new AbortController()
      try {
        compiled = compiler.compile(next.cellId, next.source)
        const { names } = compiled
        setExecution(next, 'running', { executionCount: count, ...(names && { names }) })
        if (!sent) prepared = packages?.prepare(compiled.cell.code, next.userId, preparing.signal)
      } catch (error) {
        if (!compiled) setExecution(next, 'running', { executionCount: count })
        outputs.error(next, toKernelError(error, next.cellId))
        setExecution(next, 'failed', { executionCount: count, ms: 0 })
        cancelAll(queue.failed(next))
        continue
      }
      const n = sent?.n ?? requests.next()
      current = { ...next, n, startedAt: performance.now(), count }
      last = next
      executions.set(n, next)
      sources.set(next.cellId, next.source)
      ran.set(next.cellId, { cellId: next.cellId, executionId: next.executionId })
      if (sent) continue
      const message = {
        type: 'execute',
        n,
        executionId: next.executionId,
        executionCount: count,
        cell: compiled.cell,
      } as const
      if (prepared) void executePrepared(message, prepared, preparing)
      else child.send(...withNews(message))
    }
    sendAhead()
    if (state === 'busy' && !current) setState('idle')
  }

  /** Sends what follows the running cell, as far as it is known how it will be compiled when its turn comes. */
  const sendAhead = () => {
    if (!child || !current || current.preparing || takingBack.length > 0 || !ahead.isLow()) return
    // Its names go with its end.
    if (deleted.size > 0) return
    const messages: HostMessage[] = []
    for (let next = queue.peek(); next && ahead.hasRoom(); next = queue.peek()) {
      const compiled = compiler.ahead(next.cellId, next.source)
      if (!compiled || packages?.isReady(compiled.cell.code) === false) break
      queue.next()
      const before = ahead.last() ?? current
      const n = requests.next()
      ahead.add({ ...next, n, isSettled: compiled.isSettled })
      messages.push(
        ...withNews({
          type: 'execute',
          n,
          executionId: next.executionId,
          executionCount: executionCount + ahead.size(),
          cell: compiled.cell,
          after: before.n,
        }),
      )
    }
    if (messages.length > 0) child.send(...messages)
  }

  /** An execution, behind what the child has to know of its packages. */
  const withNews = (message: ExecuteMessage): HostMessage[] => {
    const news = packages?.news()
    return news ? [{ type: 'packages', packages: news }, message] : [message]
  }

  /** Executes once the cell's packages are there; a failure or a Stop until then is the cell's. */
  const executePrepared = async (
    message: ExecuteMessage,
    prepared: Promise<string>,
    preparing: AbortController,
  ) => {
    const mine = current!
    const asked = child
    mine.preparing = preparing
    try {
      const installed = await prepared
      mine.preparing = undefined
      if (current !== mine || !asked || child !== asked) return
      if (installed) outputs.text(mine, 'stderr', Buffer.from(`installed ${installed}\n`))
      asked.send(...withNews(message))
      sendAhead()
    } catch (error) {
      const { n, executionId, cellId } = mine
      const ms = performance.now() - mine.startedAt
      const stopped = preparing.signal.aborted
      end({
        type: 'done',
        n,
        executionId,
        cellId,
        state: stopped ? 'interrupted' : 'failed',
        ...(!stopped && { error: toKernelError(error, cellId) }),
        ms,
      })
    }
  }

  const end = (message: Extract<ChildMessage, { type: 'done' }>) => {
    if (message.n !== current?.n) return
    const ended = current
    current = undefined
    if (message.result) outputs.result(ended, ended.count, message.result)
    if (message.error) outputs.error(ended, message.error)
    setExecution(ended, message.state, { executionCount: ended.count, ms: message.ms })
    // The page may ask for the log at once; its end is awaited there.
    void outputs.endLog(ended.executionId)
    if (message.state !== 'done') {
      // The child drops them.
      queue.putBack(ahead.takeBack(0))
      cancelAll(queue.failed(ended))
    }
    if (deleted.delete(ended.cellId)) forget(ended.cellId)
    if (stopping?.n === ended.n) stopping.settled()
    pump()
  }

  const isUnderWay = (cellId: string) =>
    current?.cellId === cellId || ahead.some((each) => each.cellId === cellId)
  /** Cells that were deleted while they ran: their names go with their end. */
  const deleted = new Set<string>()
  const forget = (cellId: string) => {
    const bereft = compiler.forget(cellId)
    child?.send({ type: 'forget', cellId })
    sayForgotten(cellId)
    // Of two cells that defined one name, the value was the deleted one's: the other has to run again.
    const waits = (other: string) => isUnderWay(other) || queue.has(other)
    for (const other of bereft) if (!waits(other)) sayForgotten(other)
  }
  const sayForgotten = (cellId: string) => {
    const last = ran.get(cellId)
    if (last && alive()) outputs.event({ type: 'forgotten', ...last })
    ran.delete(cellId)
  }

  const onMessage = (message: ChildMessage) => {
    switch (message.type) {
      case 'ready':
        if (state === 'starting') setState('idle')
        for (const [key, change] of inputs) untold.set(key, change)
        return pump()
      case 'backend':
        // The child knows its version, and not why it is the one that it is.
        return setState(state, {
          backend:
            message.backend.name === backend.name ? { ...backend, ...message.backend } : message.backend,
        })
      case 'display':
        return outputs.display(message)
      case 'clear':
        return outputs.clear(message, message.wait)
      case 'done':
        return end(message)
      case 'late_error': {
        const of = [...executions.values()].find((each) => each.executionId === message.executionId) ?? last
        if (of) outputs.error(of, message.error)
        return
      }
      case 'track': {
        const by =
          [...executions.values()].findLast((each) => each.executionId === message.executionId) ?? last
        if (by) outputs.tracked(by, by.userId, message.news)
        return
      }
      case 'stats':
        return meter.tensors(message)
      case 'packages_used':
        return packages?.used()
      case 'answer':
        return requests.answer(redactor.value(message))
      case 'call':
        if (message.method === 'secret') return void giveSecret(message.n, message.params.name)
        if (message.method === 'spark') return void giveSpark(message.n)
        if (message.method === 'dataset') return void giveDataset(message.n, message.params)
        // Its bytes are the next frame.
        calls.set(message.n, message)
    }
  }
  /** For the person whose cell runs. From now on its value is in nothing that the kernel says. */
  const giveSecret = async (n: number, name: string) => {
    const asked = child
    try {
      const value = await options.secret(name, current?.userId ?? last?.userId ?? '')
      redactor.add(name, value)
      asked?.send({ type: 'answer', n, result: value })
    } catch (cause) {
      const { name, message } = cause as Error
      asked?.send({ type: 'answer', n, error: { name, message } })
    }
  }

  const giveDataset = async (n: number, params: DatasetCall) => {
    const asked = child
    try {
      if (!options.dataset)
        throw Object.assign(new Error(`a run from a file reads files, no data sets: ${params.name}`), {
          name: 'not_found',
        })
      const { name, version } = datasetAsk.parse(params)
      const by = [...executions.values()].findLast((each) => each.cellId === params.cellId)
      const userId = by?.userId ?? current?.userId ?? last?.userId ?? ''
      const cellId = String(params.cellId)
      asked?.send({ type: 'answer', n, result: await options.dataset({ name, version, cellId, userId }) })
    } catch (cause) {
      const { name, message } = cause as Error
      asked?.send({ type: 'answer', n, error: { name, message } })
    }
  }

  const giveSpark = async (n: number) => {
    const asked = child
    try {
      if (!options.spark) throw new Error('no spark can be reached from here')
      asked?.send({ type: 'answer', n, result: await options.spark.open() })
    } catch (cause) {
      const { name, message } = cause as Error
      asked?.send({ type: 'answer', n, error: { name, message } })
    }
  }

  const calls = new Map<number, CallWithBytes>()
  /** Who asked for a promotion of a cell, outside of an execution. */
  const promoters = new Map<string, string>()

  const onBinary = async (n: number, bytes: Uint8Array) => {
    const call = calls.get(n)
    calls.delete(n)
    const asked = child
    if (!call || !asked) return
    try {
      const result =
        call.method === 'promote' ? await promote(call.params, bytes) : await keepArtifact(call.params, bytes)
      asked.send({ type: 'answer', n, result })
    } catch (cause) {
      const { name, message } = cause as Error
      asked.send({ type: 'answer', n, error: { name, message } })
    }
  }
  const keepArtifact = async (params: TrackedArtifact, bytes: Uint8Array) => {
    const [held] = redactor.heldBy(bytes)
    if (held) throw new Error(`the artifact holds the secret ${held}, which must not leave the kernel`)
    const by =
      [...executions.values()].findLast(({ executionId }) => executionId === params.executionId) ?? last
    const upload = { ...params, notebookId, userId: by?.userId ?? '', epoch: position.epoch }
    await options.artifact(upload, bytes)
  }
  const promote = async (params: PromoteRequest, bundle: Uint8Array) => {
    const { endpoint, cellId, variable, environment } = params
    const userId = promoters.get(`${cellId} ${endpoint}`) ?? current?.userId ?? last?.userId ?? ''
    const cellSource = sources.get(cellId) ?? ''
    const promotion = { notebookId, userId, endpoint, cellId, variable, cellSource, environment }
    const held = [...redactor.heldBy(bundle), ...redactor.heldBy(JSON.stringify([params, cellSource]))]
    if (held.length > 0)
      throw new Error(`the promotion holds the secret ${held[0]}, which must not leave the kernel`)
    return options.promote(promotion, params, bundle)
  }

  const onNative = (name: 'stdout' | 'stderr', bytes: Uint8Array) => {
    if (name === 'stderr') nativeTail = (nativeTail + Buffer.from(bytes).toString()).slice(-4000)
    const of = current ?? last
    if (of) outputs.text(of, name, bytes)
  }

  const deathCause = (exit: Exit) =>
    /heap out of memory|heap limit/i.test(nativeTail)
      ? 'out of memory: the JavaScript heap is full'
      : exit.reason
  const startFailure = (exit: Exit) => {
    const words = nativeTail.trim().slice(-500)
    const cause = exit.killed ? `it was not ready within ${startMs / 1000} s` : exit.reason
    return `the kernel could not be started: ${cause}${words && `; it said: ${words}`}`
  }

  /** The child ended without being asked to. */
  const died = async (exit: Exit) => {
    const reason = state === 'starting' ? startFailure(exit) : `the kernel died: ${deathCause(exit)}`
    requests.failAll(reason)
    if (current) {
      const ended = current
      current = undefined
      ended.preparing?.abort()
      outputs.error(ended, { ename: 'KernelDied', evalue: reason, traceback: [reason], frames: [] })
      const ms = performance.now() - ended.startedAt
      setExecution(ended, 'failed', { executionCount: ended.count, ms })
    }
    stopping?.settled()
    cancelWaiting()
    setState('dead', { reason })
    await close()
  }

  const close = async () => {
    clearInterval(statsTimer)
    child = undefined
    options.spark?.close()
    await outputs.close()
  }

  const start = async (epoch: number) => {
    position = { epoch, seq: 0 }
    executionCount = 0
    compiler = options.createCompiler()
    outputs = createOutputs({ emit, logFolder, rates, redactor })
    executions.clear()
    ran.clear()
    deleted.clear()
    calls.clear()
    last = undefined
    nativeTail = ''
    packages?.begin()
    setState('starting', { backend })
    // What a child that was replaced still says belongs to nobody.
    let mine: KernelChild | undefined
    const owned =
      <A extends unknown[]>(act: (...args: A) => unknown) =>
      (...args: A) =>
        void ((mine === undefined || mine === child) && position.epoch === epoch && act(...args))
    try {
      mine = await launch({
        onMessage: owned(onMessage),
        onText: owned((n: number, name: 'stdout' | 'stderr', bytes: Uint8Array) => {
          const of = executions.get(n) ?? current ?? last
          if (of) outputs.text(of, name, bytes)
        }),
        onBinary: owned(onBinary),
        onControl: owned((word: string, n: number) => {
          if (word === 'stuck' && n === stopping?.n) stuck()
        }),
        onNative: owned(onNative),
      })
    } catch (error) {
      cancelQueue()
      setState('dead', { reason: `the kernel could not be started: ${(error as Error).message}` })
      return close()
    }
    const started = mine
    if (position.epoch !== epoch || !alive()) return started.kill()
    child = started
    setState(state, { isolation: started.isolation })
    const patience = setTimeout(() => {
      if (state === 'starting' && child === started) started.kill()
    }, startMs)
    void started.exited.then((exit) => {
      clearTimeout(patience)
      if (child === started) void died(exit)
    })
    meter.reset()
    statsTimer = setInterval(() => onStats(meter.read(started.processes())), statsMs)
    statsTimer.unref()
    pump()
  }

  /** Ends the child and everything that runs or waits in it. */
  const finish = async (
    next: 'restarting' | 'stopped' | 'dead',
    reason: string,
    extra?: Pick<StatusBody, 'unasked'>,
  ) => {
    const ending = child
    const running = current
    current = undefined
    running?.preparing?.abort()
    if (running) {
      const ms = performance.now() - running.startedAt
      setExecution(running, 'interrupted', { executionCount: running.count, ms })
    }
    cancelWaiting()
    setState(next, { reason, ...extra })
    requests.failAll(reason)
    await close()
    ending?.kill()
    await ending?.exited
    stopping?.settled()
  }

  let stuck = () => {}
  const interrupt = async (): Promise<{ kept: boolean }> => {
    const stopped = new Promise<boolean>((done) => {
      const timer = setTimeout(() => done(false), stuckMs)
      stuck = () => done(false)
      const settled = () => {
        clearTimeout(timer)
        done(true)
      }
      withoutAhead(() => {
        cancelQueue()
        // What was sent ahead and is left has begun; its end comes after those of the ones before it.
        const running = ahead.last() ?? current
        if (!running || !child) return settled()
        stopping = { n: running.n, settled }
        if (current?.preparing) current.preparing.abort()
        else child.interrupt(running.n)
      })
    }).finally(() => {
      stopping = undefined
    })
    if (await stopped) return { kept: alive() }
    const { epoch } = position
    await finish('restarting', 'the cell could not be stopped', { unasked: true })
    try {
      await start(await nextEpoch(epoch))
    } catch (error) {
      outputs = createOutputs({ emit, logFolder, rates, redactor })
      setState('dead', {
        reason: `the cell could not be stopped, and no new kernel began: ${(error as Error).message}`,
      })
      await close()
    }
    return { kept: false }
  }

  return {
    notebookId,
    position: () => position,
    alive,
    start,
    execute(executions, { inTurn = false } = {}) {
      if (!alive()) return false
      if (inTurn) {
        // What waits with a text that has changed since need not run.
        const sources = new Map(executions.map(({ cellId, source }) => [cellId, source]))
        const isOld = ({ cellId, source }: Execution) => (sources.get(cellId) ?? source) !== source
        const cancelOld = () => cancelAll(queue.remove(isOld))
        if (ahead.some(isOld)) withoutAhead(cancelOld)
        else cancelOld()
        turns.add(executions)
      } else enqueue(executions)
      pump()
      return true
    },
    interrupt() {
      interrupting ??= interrupt().finally(() => {
        interrupting = undefined
      })
      return interrupting
    },
    cancel(executionId) {
      withoutAhead(() => cancelAll(queue.cancel(executionId)))
      pump()
    },
    async restart(epoch) {
      if (alive()) await finish('restarting', 'restarted: variables are lost')
      await start(epoch)
    },
    async stop(reason = 'the kernel was stopped', { unasked } = {}) {
      if (alive()) await finish('stopped', reason, unasked ? { unasked } : {})
    },
    isIdle: () => state === 'idle' && !current && queue.isEmpty(),
    clear(executions) {
      for (const of of executions) outputs.clear(of, false)
    },
    forget(cellId) {
      for (const [key, change] of inputs) if (change.cellId === cellId) inputs.delete(key)
      withoutAhead(() => {
        cancelAll(queue.remove((each) => each.cellId === cellId))
        if (isUnderWay(cellId)) deleted.add(cellId)
        else forget(cellId)
      })
    },
    setInputs(changes) {
      if (!alive()) return false
      for (const change of changes) {
        inputs.set(inputKey(change), change)
        untold.set(inputKey(change), change)
      }
      pump()
      return true
    },
    ask(method, params) {
      const asked = child
      if (!asked) return Promise.reject(new NoKernelError())
      return requests.ask(askTimeout(method), (n) => asked.send({ type: 'ask', n, method, params }))
    },
    promote(userId, cellId, variable, endpoint) {
      const asked = child
      if (!asked) return Promise.reject(new NoKernelError())
      const key = `${cellId} ${endpoint}`
      promoters.set(key, userId)
      const send = (n: number) => asked.send({ type: 'promote', n, cellId, variable, endpoint })
      return requests.ask<Promoted>(promoteMs, send).finally(() => promoters.delete(key))
    },
    logged: (executionId) => outputs.logged(executionId),
  }
}

/** What a child asks for with bytes beside it. */
type CallWithBytes = Exclude<HostCall, { method: 'secret' | 'spark' | 'dataset' }>
type DatasetCall = Extract<HostCall, { method: 'dataset' }>['params']
type ExecuteMessage = Extract<HostMessage, { type: 'execute' }>
type StatusBody = Extract<KernelEventBody, { type: 'status' }>
type ExecutionBody = Extract<KernelEventBody, { type: 'execution' }>
