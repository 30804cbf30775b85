import { createNames } from '../../kernel/host/names'
import { type Analysis, noNames } from '../../lib/notebook/graph/analysis'
import { createGraph, type GraphCell } from '../../lib/notebook/graph/graph'
import { applyEvent, emptyState, type NotebookState } from '../../lib/notebook/state'
import type { KernelEventBody } from '../../lib/protocol/events'

/** `x y <- a b =c @tf`: defines x and y, uses a and b, assigns c, imports nothing else than tf. */
function analysisOf(text: string): Analysis {
  const [defs = '', refs = ''] = text.split('<-').map((part) => part.trim())
  const words = (part: string) => part.split(' ').filter(Boolean)
  const plain = (word: string) => word.replace(/^[=@$]/, '')
  return {
    ...noNames(),
    defs: words(defs).map(plain),
    imports: Object.fromEntries(words(defs).flatMap((w) => (w[0] === '@' ? [[plain(w), plain(w)]] : []))),
    refs: words(refs)
      .filter((w) => w[0] !== '$')
      .map(plain),
    assigns: words(refs).flatMap((w) => (w[0] === '=' ? [plain(w)] : [])),
    globals: words(refs).flatMap((w) => (w[0] === '$' ? [plain(w)] : [])),
  }
}

/** Cells in page order, by id. */
export const cellsOf = (cells: Record<string, string>): GraphCell[] =>
  Object.entries(cells).map(([id, text]) => ({ id, analysis: analysisOf(text) }))

export const graphOf = (cells: Record<string, string>) => createGraph(cellsOf(cells))

type Body = KernelEventBody
/** `says`: what its text says then, where that is not what it says now. */
type Run = {
  says?: string
  source?: string
  lent?: string[]
  ended?: 'done' | 'failed' | 'interrupted'
  inputs?: string[]
}

/** A kernel's events, folded as they are made. */
export function kernelOf(inputs: ReadonlyMap<string, readonly string[]>, cells: readonly GraphCell[]) {
  let names = createNames<'name'>()
  const namesOf = (id: string, text?: string) => {
    const analysis = text === undefined ? cells.find((cell) => cell.id === id)?.analysis : analysisOf(text)
    const { defs, ...said } = analysis ?? noNames()
    return names.run(id, { ...said, defs: new Map(defs.map((name) => [name, 'name'])) })
  }
  let state: NotebookState = emptyState()
  let epoch = 1
  let count = 0
  let seq = 0
  const event = (body: Body) => {
    state = applyEvent(state, { ...body, epoch, seq: ++seq, at: seq } as never)
  }
  const status = (to: 'idle' | 'dead') => event({ type: 'status', state: to })
  status('idle')
  const kernel = {
    state: () => state,
    /** Cells whose text is their id. */
    run(...ids: string[]) {
      for (const id of ids) kernel.runAs(id)
    },
    runAs(id: string, run: Run = {}) {
      const ended = run.ended ?? 'done'
      kernel.queue(id, run)
      kernel.begin(id, run)
      event({ type: 'execution', cellId: id, executionId: state.cells[id]!.executionId, state: ended })
    },
    queue(id: string, run: Run = {}) {
      const asked = {
        source: run.source ?? id,
        inputs: run.inputs ?? [...(inputs.get(id) ?? [])],
        ...(run.lent && { lent: run.lent }),
      }
      event({ type: 'execution', cellId: id, executionId: `${id}${++count}`, state: 'queued', asked })
    },
    begin(id: string, { says }: Run = {}) {
      const { executionId } = state.cells[id]!
      const of = { type: 'execution', cellId: id, executionId } as const
      event({ ...of, state: 'running', executionCount: ++count, names: namesOf(id, says) })
    },
    cancel: (id: string) =>
      event({
        type: 'execution',
        cellId: id,
        executionId: state.cells[id]!.executionId,
        state: 'cancelled',
      }),
    forget(id: string) {
      for (const each of [id, ...names.forget(id)])
        event({ type: 'forgotten', cellId: each, executionId: state.cells[each]!.executionId })
    },
    die: () => status('dead'),
    restart() {
      status('dead')
      names = createNames()
      epoch++
      seq = 0
      status('idle')
    },
  }
  return kernel
}
