import { randomUUID } from 'node:crypto'
import type * as Y from 'yjs'
import { cellKind, cellSource, sharedCells } from '../../../lib/notebook/document'
import type { Plan, Planner } from '../../../lib/notebook/graph/plan'
import { livingEpoch } from '../../../lib/notebook/graph/validity'
import { readSettings } from '../../../lib/notebook/settings'
import type { NotebookState } from '../../../lib/notebook/state'
import type { ClientAnswers, ClientMessages } from '../../../lib/protocol/client'
import type { WebToHost } from '../../../lib/protocol/hosts'
import { Refused } from '../../../lib/refused'
import type { KernelStates } from '../kernel-states'
import { isExecuted } from './analyse'
import type { Graphs } from './graphs'
import type { NotebookGraph } from './notebook-graph'

type Notebook = { id: string; document: Y.Doc; userId: string }
type Request = Pick<ClientMessages['kernel.execute'], 'cellIds' | 'plan'>
type Execution = Parameters<WebToHost['kernel.execute']>[0]

export type ExecuteParts = {
  graphs: Graphs
  states: KernelStates
  /** To the notebook's host; starts a kernel where none lives. */
  send(message: Execution): Promise<void>
}

/** Turns what is asked for into executions in order, and sends them in one message. */
export type Executed = {
  asked(notebook: Notebook, request: Request): Promise<ClientAnswers['kernel.execute']>
  /** A person moved an input: runs the cells that use it, and what depends on these. */
  moved(notebook: Notebook, cellId: string, name: string): Promise<void>
  /** A person's edits have paused: runs them where the notebook runs automatically and a kernel lives. */
  edited(notebook: Notebook, cells: ReadonlySet<string>): Promise<void>
}

export function createExecute({ graphs, states, send }: ExecuteParts): Executed {
  /** Calls `plan` with the graph over document and kernel as they are now. */
  async function planned<T>(
    { id, document }: Notebook,
    plan: (planner: Planner, graph: NotebookGraph, state: NotebookState) => T,
  ) {
    const kernel = await states.open(id)
    try {
      const state = kernel.state()
      const graph = graphs.of(id, document, state)
      return plan(graph.planner(state), graph, state)
    } finally {
      kernel.release()
    }
  }

  async function run({ id, document, userId }: Notebook, { steps }: Plan, how: Partial<Execution> = {}) {
    const cells = sharedCells(document)
    const executions = steps.map(({ cellId, inputs, lent }) => ({
      cellId,
      executionId: randomUUID(),
      source: cellSource(cells.get(cellId)!).toString(),
      inputs: [...inputs],
      ...(lent.length > 0 && { lent }),
    }))
    if (executions.length > 0) await send({ notebookId: id, userId, cells: executions, ...how })
    return executions.map(({ cellId, executionId }) => ({ cellId, executionId }))
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
      const plan = await planned(notebook, (planner): Plan => {
        if (what === 'stale') return planner.stale()
        if (what === 'dependants') return planner.dependants(asked)
        if (reactivity === 'off') return planner.asGiven(asked)
        return reactivity === 'automatic' ? planner.cellsAndDependants(asked) : planner.cells(asked)
      })
      const executions = await run(notebook, plan, {
        inPageOrder: what === 'cells' && reactivity === 'off',
        inTurn: what === 'dependants',
      })
      return { executions, blocked: plan.blocked }
    },
    async moved(notebook, cellId, name) {
      if (readSettings(notebook.document).reactivity === 'off') return
      const plan = await planned(notebook, (planner) => planner.usersOf(cellId, name))
      await run(notebook, plan, { inTurn: true })
    },
    async edited(notebook, changed) {
      if (readSettings(notebook.document).reactivity !== 'automatic') return
      const plan = await planned(notebook, (planner, graph, state) => {
        if (livingEpoch(state) === undefined) return undefined
        const { steps, blocked } = planner.edited([...changed].filter(graph.compiles))
        return { steps: withoutBroken(steps, graph), blocked }
      })
      if (plan) await run(notebook, plan, { inTurn: true })
    },
  }
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
