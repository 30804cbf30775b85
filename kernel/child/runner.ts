import type { ChildMessage, HostMessage } from '../../lib/protocol/kernel'
import { isShown } from '../sdk/shown'
import { Interrupted } from './context'
import type { Execute } from './execute'
import type { Execution, Executions } from './executions'
import { format, type NameTable, ownFormat } from './format'
import { toKernelError } from './trace'

type ExecuteMessage = Extract<HostMessage, { type: 'execute' }>
type Done = Extract<ChildMessage, { type: 'done' }>

export type RunnerOptions = {
  execute: Execute
  executions: Executions
  send: (message: ChildMessage) => void
  /** Whether the execution was not taken back, whether it may begin, and its end: said at most once. */
  stop: { admits(n: number): boolean; begin(n: number): boolean; end(n: number, say: () => void): void }
  /** Before and after each execution; the second also says how it ended. */
  before?: () => void
  after?: (state: Done['state']) => void
  nameTable?: NameTable
}

export type Runner = {
  /** Runs after those asked for before. */
  run(message: ExecuteMessage): void
  /** Ends execution `n` now, whatever it still does. */
  interrupt(n: number): void
}

/** How long a stopped cell may take to end by itself, ms. */
const grace = 150

/** Runs executions one after another, and says how each ended: exactly once, after all of its output. */
export function createRunner({
  execute,
  executions,
  send,
  stop,
  before,
  after,
  nameTable,
}: RunnerOptions): Runner {
  type Running = { n: number; controller: AbortController; finish(outcome: Partial<Done>): void }
  let running: Running | undefined
  const queue: ExecuteMessage[] = []
  /** The last execution, if it ended well. */
  let done: number | undefined

  const end = (message: ExecuteMessage, outcome: Partial<Done>, ms: number) => {
    const { n, executionId, cell } = message
    stop.end(n, () =>
      send({ type: 'done', n, executionId, cellId: cell.cellId, state: 'done', ...outcome, ms }),
    )
  }
  /** Whether it is to run: the host knows of each that is not, and sends it again if it is still wanted. */
  const isWanted = ({ n, after }: ExecuteMessage) => (after === undefined || after === done) && stop.admits(n)
  const next = () => {
    let message = queue.shift()
    while (message && !isWanted(message)) message = queue.shift()
    if (message) begin(message)
  }
  const begin = (message: ExecuteMessage) => {
    const { n, executionId, cell } = message
    const execution: Execution = { n, executionId, cellId: cell.cellId }
    const controller = new AbortController()
    const began = performance.now()
    let finished = false
    const finish = (outcome: Partial<Done>) => {
      if (finished) return
      // A termination may cut this short until the end is said; Stop then asks for it again.
      after?.(outcome.state ?? 'done')
      end(message, outcome, performance.now() - began)
      finished = true
      done = (outcome.state ?? 'done') === 'done' ? n : undefined
      running = undefined
      executions.end(execution)
      next()
    }
    running = { n, controller, finish }
    if (!stop.begin(n)) return finish({ state: 'interrupted' })
    executions.begin(execution)
    before?.()
    // From an own turn of the event loop: a termination unwinds to here and takes nothing of the kernel's along.
    setImmediate(() => {
      execute(cell, n, controller.signal)
        .then((value) => resultOf(value, nameTable))
        .then(
          (result) => finish(result ? { state: 'done', result } : { state: 'done' }),
          (error) =>
            finish(
              isStop(error, controller.signal)
                ? { state: 'interrupted' }
                : { state: 'failed', error: toKernelError(error) },
            ),
        )
    })
  }

  return {
    run(message) {
      queue.push(message)
      if (!running) next()
    },
    interrupt(n) {
      const stopped = running
      if (stopped?.n !== n) return
      stopped.controller.abort(new Interrupted())
      setTimeout(() => stopped.finish({ state: 'interrupted' }), grace)
    },
  }
}

async function resultOf(value: unknown, nameTable: NameTable | undefined): Promise<Done['result']> {
  if (value === undefined || isShown(value)) return undefined
  return { data: (await ownFormat(value)) ?? format(value, nameTable), metadata: {} }
}

/** Also what an aborted `fetch` or timer throws, once the signal was given to it. What was thrown may be anything. */
function isStop(thrown: unknown, { aborted }: AbortSignal) {
  try {
    return (
      thrown instanceof Interrupted || (aborted && thrown instanceof Error && thrown.name === 'AbortError')
    )
  } catch {
    return false
  }
}
