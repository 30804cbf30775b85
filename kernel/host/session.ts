import { type AskResults, askTimeout, type ChildAsk } from '../../lib/protocol/asks'
import type {
  Backend,
  ExecutionState,
  KernelEvent,
  KernelEventBody,
  KernelState,
  KernelStats,
  Position,
} from '../../lib/protocol/events'
import type { InputChange } from '../../lib/protocol/inputs'
import type { ChildMessage, HostMessage, Promoted } from '../../lib/protocol/kernel'
import type { Exit } from '../isolate/spawn'
import { createAhead } from './ahead'
import { type CallOptions, createCalls } from './calls'
import type { KernelChild, Launch } from './child'
import type { Compiler } from './compile'
import { NoKernelError, toKernelError } from './errors'
import { createExecutions, type Execution } from './executions'
import { createHeldInputs } from './held-inputs'
import { createLastWords } from './last-words'
import type { Rates } from './limits'
import { createOutputs, type Of } from './outputs'
import { createOverflow } from './overflow'
import type { NotebookPackages } from './packages/notebook-packages'
import { createQueue } from './queue'
import { createRequests } from './requests'
import { createRedactor } from './secrets/redactor'
import { createMeter } from './stats'
import { createStop } from './stop'
import { createTakeBack } from './take-back'
import { createTurns } from './turns'

export type SessionOptions = CallOptions & {
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
  const stopping = createStop(stuckMs)
  let executions = createExecutions()
  const inputs = createHeldInputs()
  /** Of each cell that ran in this life, the last execution. */
  const ran = new Map<string, Of>()
  let lastWords = createLastWords()
  let statsTimer: NodeJS.Timeout | undefined
  const meter = createMeter()
  const requests = createRequests()

  const emit = createOverflow(options.isFull ?? (() => false), (body: KernelEventBody) => {
    position = { epoch: position.epoch, seq: position.seq + 1 }
    onEvent({ ...body, ...position, at: Date.now() })
  })
  const redactor = createRedactor()
  let outputs = createOutputs({ emit, logFolder, rates, redactor })
  const askChild = <M extends ChildAsk>(method: M, params: unknown) => {
    const asked = child
    if (!asked) return Promise.reject(new NoKernelError())
    return requests.ask<AskResults[M]>(askTimeout(method), (n) =>
      asked.send({ type: 'ask', n, method, params }),
    )
  }
  const callsOf = (epoch: number) =>
    createCalls(options, {
      notebookId,
      epoch,
      child: () => child,
      part: (file) => askChild('table.part', { file }),
      executions,
      redactor,
    })
  let calls = callsOf(position.epoch)
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
    takeBack.end()
  }
  const takeBack = createTakeBack({
    ahead,
    child: () => child,
    onBegun(begun, last) {
      queue.putBack(ahead.takeBack(begun))
      // It was about to begin as this was asked.
      if (current && current.n > begun && current.n <= last) {
        setExecution(current, 'queued', queuedAs(current))
        queue.putBack([current])
        current = undefined
      }
    },
    onDone: () => pump(),
  })
  const queuedAs = ({ source, inputs, lent }: Execution) => ({
    asked: { source, inputs, ...(lent?.length && { lent }) },
  })
  const enqueue = (executions: Execution[]) => {
    for (const each of executions) setExecution(each, 'queued', queuedAs(each))
    queue.add(executions)
  }

  /** Begins the next turn of executions, with the inputs as they are now, once the one before it is over. */
  const beginTurn = () => {
    if (inputs.hasNews() && child && state !== 'starting' && !turns.isRunning())
      child.send({ type: 'inputs', changes: inputs.news() })
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
      executions.began(n, next)
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
    if (!child || !current || current.preparing || takeBack.isUnderWay() || !ahead.isLow()) return
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
    stopping.executionEnded(ended.n)
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

  const executionOf = (executionId?: string) => executions.byId(executionId) ?? executions.last()
  const onMessage = (message: ChildMessage) => {
    switch (message.type) {
      case 'ready':
        if (state === 'starting') setState('idle')
        inputs.tellAll()
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
        const of = executionOf(message.executionId)
        if (of) outputs.error(of, message.error)
        return
      }
      case 'track': {
        const by = executionOf(message.executionId)
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
        return calls.call(message.n, message)
    }
  }

  const onNative = (name: 'stdout' | 'stderr', bytes: Uint8Array) => {
    if (name === 'stderr') lastWords.heard(bytes)
    const of = executions.last()
    if (of) outputs.text(of, name, bytes)
  }

  /** The child ended without being asked to. */
  const died = async (exit: Exit) => {
    const reason =
      state === 'starting'
        ? lastWords.startFailure(exit, startMs)
        : `the kernel died: ${lastWords.deathCause(exit)}`
    requests.failAll(reason)
    if (current) {
      const ended = current
      current = undefined
      ended.preparing?.abort()
      outputs.error(ended, { ename: 'KernelDied', evalue: reason, traceback: [reason], frames: [] })
      const ms = performance.now() - ended.startedAt
      setExecution(ended, 'failed', { executionCount: ended.count, ms })
    }
    stopping.kernelEnded()
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
    executions = createExecutions()
    calls = callsOf(epoch)
    ran.clear()
    deleted.clear()
    lastWords = createLastWords()
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
          const of = executions.byNumber(n) ?? executions.last()
          if (of) outputs.text(of, name, bytes)
        }),
        onBinary: owned(calls.bytes),
        onControl: owned((word: string, n: number) => {
          if (word === 'stuck') stopping.stuck(n)
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
    stopping.kernelEnded()
  }

  const interrupt = async (): Promise<{ kept: boolean }> => {
    const stopped = stopping.begin((meantFor) =>
      takeBack.before(() => {
        cancelQueue()
        // What was sent ahead and is left has begun; its end comes after those of the ones before it.
        const running = child && (ahead.last() ?? current)
        meantFor(running?.n)
        if (!running) return
        if (current?.preparing) current.preparing.abort()
        else child?.interrupt(running.n)
      }),
    )
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
        if (ahead.some(isOld)) takeBack.before(cancelOld)
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
      takeBack.before(() => cancelAll(queue.cancel(executionId)))
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
      inputs.forget(cellId)
      takeBack.before(() => {
        cancelAll(queue.remove((each) => each.cellId === cellId))
        if (isUnderWay(cellId)) deleted.add(cellId)
        else forget(cellId)
      })
    },
    setInputs(changes) {
      if (!alive()) return false
      inputs.set(changes)
      pump()
      return true
    },
    ask: askChild,
    promote(userId, cellId, variable, endpoint) {
      const asked = child
      if (!asked) return Promise.reject(new NoKernelError())
      const promoted = calls.promoting(userId, cellId, endpoint)
      const send = (n: number) => asked.send({ type: 'promote', n, cellId, variable, endpoint })
      return requests.ask<Promoted>(promoteMs, send).finally(promoted)
    },
    logged: (executionId) => outputs.logged(executionId),
  }
}

type ExecuteMessage = Extract<HostMessage, { type: 'execute' }>
type StatusBody = Extract<KernelEventBody, { type: 'status' }>
type ExecutionBody = Extract<KernelEventBody, { type: 'execution' }>
