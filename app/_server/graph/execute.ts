import { randomUUID } from 'node:crypto'
import type * as Y from 'yjs'
import { cellKind, sharedCells, toCell } from '../../../lib/notebook/document'
import { executedText } from '../../../lib/notebook/executed-text'
import { isExecuted } from '../../../lib/notebook/graph/analyse'
import type { Plan, Planner } from '../../../lib/notebook/graph/plan'
import { livingEpoch } from '../../../lib/notebook/graph/validity'
import { readSettings } from '../../../lib/notebook/settings'
import type { NotebookState } from '../../../lib/notebook/state'
import type { ClientAnswers, ClientMessages } from '../../../lib/protocol/client'
import type { WebToHost } from '../../../lib/protocol/hosts'
import { Refused } from '../../../lib/refused'
import type { KernelStates } from '../kernel-states'
import type { Graphs } from './graphs'
import type { NotebookGraph } from './notebook-graph'

type Notebook = { id: string; document: Y.Doc; userId: string }
type Request = Pick<ClientMessages['kernel.execute'], 'cellIds' | 'plan'>
type Execution = Parameters<WebToHost['kernel.execute']>[0]
type Wanted = Pick<Execution, 'inPageOrder' | 'inTurn'> & {
  plan(planner: Planner, graph: NotebookGraph, state: NotebookState): Plan
}

export type ExecuteParts = {
  graphs: Graphs
  states: KernelStates
  kernel: {
    /** The life of the notebook's kernel, as far as its host is known. */
    epoch(notebookId: string): number | undefined
    /** Starts a kernel where none lives. */
    ensure(notebookId: string): Promise<void>
    /** To the notebook's host; false where the kernel has ended unnoticed. */
    send(message: Execution): Promise<boolean>
  }
  /** Cells are about to run, over the document as it is now. `itself`: nobody asked, an edit or an input made them. */
  runs(notebook: Notebook, itself: boolean): void
}

/** Turns what is asked for into executions in order, and sends them in one message. */
export type Executed = {
  asked(notebook: Notebook, request: Request): Promise<ClientAnswers['kernel.execute']>
  /** A person moved an input: runs the cells that use it, and what depends on these. */
  moved(notebook: Notebook, cellId: string, name: string): Promise<void>
  /** A person's edits have paused: runs them where the notebook runs automatically and a kernel lives. */
  edited(notebook: Notebook, cells: ReadonlySet<string>): Promise<void>
}

/** A kernel that ends each time that something is sent to it is given up on. */
const mostTries = 3

export function createExecute({ graphs, states, kernel, runs }: ExecuteParts): Executed {
  /** What to send, over document and kernel as they are now. */
  async function compose({ id, document, userId }: Notebook, { plan, ...how }: Wanted) {
    const open = await states.open(id)
    try {
      const state = ofLife(open.state(), kernel.epoch(id))
      const graph = graphs.of(id, document, state)
      const { steps, blocked } = plan(graph.planner(state), graph, state)
      const cells = sharedCells(document)
      const executions = steps.map(({ cellId, inputs, lent }) => ({
        cellId,
        executionId: randomUUID(),
        source: executedText(toCell(cellId, cells.get(cellId)!)),
        inputs: [...inputs],
        ...(lent.length > 0 && { lent }),
      }))
      return { message: { notebookId: id, userId, cells: executions, ...how }, blocked }
    } finally {
      open.release()
    }
  }

  async function run(notebook: Notebook, wanted: Wanted, itself = false) {
    const { id } = notebook
    for (let tries = 1; ; tries++) {
      const epoch = kernel.epoch(id)
      const { message, blocked } = await compose(notebook, wanted)
      const executions = message.cells.map(({ cellId, executionId }) => ({ cellId, executionId }))
      if (executions.length === 0) return { executions, blocked }
      if (tries === 1) runs(notebook, itself)
      await kernel.ensure(id)
      // What ran in the life before this one counts no more: it is planned anew.
      if (kernel.epoch(id) !== epoch && tries < mostTries) continue
      if (await kernel.send(message)) return { executions, blocked }
      if (tries >= mostTries) throw new Refused(409, 'no_kernel', 'the kernel ends as soon as it has begun')
    }
  }

  return {
    async asked(notebook, { cellIds, plan: what = 'cells' }) {
      const { reactivity } = readSettings(notebook.document)
      const cells = sharedCells(notebook.document)
      const asked = [...new Set(cellIds)].filter((cellId) => {
        const cell = cells.get(cellId)
        return cell !== undefined && isExecuted(cellKind(cell))
      })
      if (what !== 'stale' && asked.length === 0)
        throw new Refused(404, 'no_cell', 'these cells hold no code, or were deleted')
      return run(notebook, {
        plan(planner) {
          if (what === 'stale') return planner.stale()
          if (what === 'dependants') return planner.dependants(asked)
          if (reactivity === 'off') return planner.asGiven(asked)
          return reactivity === 'automatic' ? planner.cellsAndDependants(asked) : planner.cells(asked)
        },
        inPageOrder: what === 'cells' && reactivity === 'off',
        inTurn: what === 'dependants',
      })
    },
    async moved(notebook, cellId, name) {
      if (readSettings(notebook.document).reactivity === 'off') return
      await run(notebook, { plan: (planner) => planner.usersOf(cellId, name), inTurn: true }, true)
    },
    async edited(notebook, changed) {
      if (readSettings(notebook.document).reactivity !== 'automatic') return
      const wanted: Wanted = {
        plan(planner, graph, state) {
          if (livingEpoch(state) === undefined) return { steps: [], blocked: [] }
          const { steps, blocked } = planner.edited([...changed].filter(graph.compiles))
          return { steps: withoutBroken(steps, graph), blocked }
        },
        inTurn: true,
      }
      await run(notebook, wanted, true)
    },
  }
}

/** The state as of a kernel's present life: what is of another one is over, though its end was not told yet. */
function ofLife(state: NotebookState, epoch: number | undefined): NotebookState {
  if (epoch === undefined || epoch === state.position.epoch) return state
  return { ...state, kernel: { ...state.kernel, state: 'dead' } }
}

/** Without the cells that cannot be understood as they stand, and those behind them. */
function withoutBroken(steps: Plan['steps'], graph: NotebookGraph) {
  const broken = new Set<string>()
  return steps.filter(({ cellId, inputs }) => {
    if (graph.compiles(cellId) && !inputs.some((input) => broken.has(input))) return true
    broken.add(cellId)
    return false
  })
}
