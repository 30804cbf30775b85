import type { NotebookState } from '../../../../../lib/notebook/state'

/** A number that is another one when a cell has ended: what is defined may have changed. */
export function endedRuns({ cells }: Pick<NotebookState, 'cells'>): number {
  let sum = 0
  for (const id in cells) {
    const { state, executionCount = 0 } = cells[id]!
    if (state !== 'running' && state !== 'queued') sum += executionCount + 1
  }
  return sum
}
