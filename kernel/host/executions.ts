import type { ExecutionAsked } from '../../lib/protocol/events'
import type { Of } from './outputs'

/** A cell to execute. `inPageOrder`: a failure before it cancels it, whether it uses what failed or not. */
export type Execution = Of & ExecutionAsked & { userId: string; inPageOrder: boolean }

/** What has begun in one life of a kernel: where output belongs, and whose it is, also after the end. */
export type Executions = {
  began(n: number, execution: Execution): void
  byNumber(n: number): Execution | undefined
  byId(executionId: string | undefined): Execution | undefined
  /** The cell's newest. */
  ofCell(cellId: string): Execution | undefined
  last(): Execution | undefined
}

/** Nothing has begun yet. */
export function createExecutions(): Executions {
  const byNumber = new Map<number, Execution>()
  const byId = new Map<string, Execution>()
  const byCell = new Map<string, Execution>()
  let last: Execution | undefined
  return {
    began(n, execution) {
      byNumber.set(n, execution)
      byId.set(execution.executionId, execution)
      byCell.set(execution.cellId, execution)
      last = execution
    },
    byNumber: (n) => byNumber.get(n),
    byId: (executionId) => byId.get(executionId ?? ''),
    ofCell: (cellId) => byCell.get(cellId),
    last: () => last,
  }
}
