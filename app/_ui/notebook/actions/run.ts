import * as Y from 'yjs'
import { cellKind, cellSource } from '../../../../lib/notebook/document'
import type { ClientMessages } from '../../../../lib/protocol/client'
import { say, sayFailure } from '../../notices'
import type { createEditing } from './edit'
import type { Scope } from './scope'
import type { createSelecting } from './select'

/** What acts on the kernel. */
export function createRunning(
  { session, store, document, ids, cell, editable, chosen }: Scope,
  { select }: ReturnType<typeof createSelecting>,
  { insert }: ReturnType<typeof createEditing>,
) {
  /** Asks for executions; Markdown cells and empty ones are passed over. */
  async function run(cellIds: readonly string[], plan: ClientMessages['kernel.execute']['plan'] = 'cells') {
    const code = cellIds.filter((id) => {
      const shared = cell(id)
      return shared && cellKind(shared) !== 'markdown' && cellSource(shared).toString().trim() !== ''
    })
    if (!editable() || (code.length === 0 && plan !== 'stale')) return
    store.set({
      blocked: without(store.get().blocked, code),
      asked: { ...store.get().asked, ...Object.fromEntries(code.map((id) => [id, true as const])) },
    })
    try {
      const stateVector = Y.encodeStateVector(document)
      const message = { cellIds: [...code], plan, stateVector }
      const { blocked } = await session.request('kernel.execute', message, 60_000)
      if (blocked.length === 0) return
      const by = Object.fromEntries(blocked.map(({ cellId, by }) => [cellId, by]))
      store.set({
        blocked: { ...store.get().blocked, ...by },
        asked: without(store.get().asked, Object.keys(by)),
      })
    } catch (error) {
      sayFailure('The cell was not run', error)
      store.set({ asked: without(store.get().asked, code) })
    }
  }

  /** Runs or renders cells, then goes on: to the next cell, nowhere, or to a new cell below. */
  function runThen(cells: readonly string[], then: 'next' | 'stay' | 'insert') {
    const last = cells.at(-1)
    if (last === undefined) return
    void run(cells)
    const { folded } = store.get()
    let at = ids().indexOf(last) + 1
    while (at < ids().length && ids()[at]! in folded) at++
    if (then === 'insert') insert(at)
    else if (then === 'stay') cells.length === 1 && select(last)
    else if (at < ids().length) select(ids()[at])
    else if (editable()) insert(at)
    else select(last)
  }

  /** Asks something of the kernel and says it when that fails. */
  async function kernel(name: 'kernel.restart' | 'kernel.stop', failure: string) {
    try {
      await session.request(name, {}, 30_000)
    } catch (error) {
      sayFailure(failure, error)
    }
  }

  async function interrupt() {
    if (store.get().stopping) return
    store.set({ stopping: true })
    try {
      await session.request('kernel.interrupt', {}, 30_000)
    } catch (error) {
      sayFailure('The kernel was not stopped', error)
    }
    store.set({ stopping: false })
  }

  async function cancel(executionId: string) {
    try {
      await session.request('kernel.cancel', { executionId })
    } catch (error) {
      sayFailure('The cell is still waiting', error)
    }
  }

  /** Takes the outputs of cells away. */
  async function clearOutputs(cells: readonly string[] = chosen()) {
    const { kernel } = store.get()
    const executions = cells.flatMap((cellId) => {
      const { executionId, outputs } = kernel.cells[cellId] ?? { outputs: [] }
      return executionId !== undefined && outputs.length > 0 ? [{ cellId, executionId }] : []
    })
    if (!editable() || executions.length === 0) return
    try {
      await session.ask('outputs.clear', { executions })
    } catch (error) {
      sayFailure('The outputs were not cleared', error)
    }
  }

  async function restart(andRunAll = false) {
    await kernel('kernel.restart', 'The kernel was not restarted')
    if (andRunAll) await run(ids())
    else if (store.get().kernel.kernel.state !== 'dead') say('The kernel was restarted. Variables are gone.')
  }

  return {
    run,
    runCell: (id: string, then: 'next' | 'stay' | 'insert' = 'stay') => runThen([id], then),
    /** Runs the selected cells. */
    runChosen: (then: 'next' | 'stay' | 'insert') => runThen(chosen(), then),
    runAll: () => run(ids()),
    runStale: () => run([], 'stale'),
    /** Runs what stands above a cell. */
    runAbove: (id: string) => run(ids().slice(0, ids().indexOf(id))),
    /** Runs a cell and what stands below it. */
    runBelow: (id: string) => run(ids().slice(ids().indexOf(id))),
    clearOutputs,
    interrupt,
    cancel,
    restart,
    stop: () => kernel('kernel.stop', 'The kernel was not shut down'),
  }
}

function without<T>(record: Readonly<Record<string, T>>, ids: readonly string[]): Record<string, T> {
  const left = { ...record }
  for (const id of ids) delete left[id]
  return left
}
