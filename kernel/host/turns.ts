import type { Execution } from './executions'

/**
 * Executions that are asked for again and again, as by a slider that moves: all of one turn come to their end before the
 * next begins, so that the last of a chain runs too, and what is asked meanwhile waits once for each cell.
 */
export type Turns = {
  add(executions: Execution[]): void
  /** The next turn, once the one before it is over; empty otherwise. */
  next(): Execution[]
  ended(executionId: string): void
  /** Whether a turn has begun and not come to its end. */
  isRunning(): boolean
  clear(): void
}

export function createTurns(): Turns {
  let waiting: Execution[] = []
  const running = new Set<string>()
  return {
    add(executions) {
      const asked = new Set(executions.map(({ cellId }) => cellId))
      waiting = [...waiting.filter(({ cellId }) => !asked.has(cellId)), ...executions]
    },
    next() {
      if (running.size > 0) return []
      const turn = waiting
      waiting = []
      for (const { executionId } of turn) running.add(executionId)
      return turn
    },
    ended: (executionId) => void running.delete(executionId),
    isRunning: () => running.size > 0,
    clear() {
      waiting = []
      running.clear()
    },
  }
}
