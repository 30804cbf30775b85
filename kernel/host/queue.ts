import type { Execution } from './executions'

/** Executions that wait, in order. What is taken out is returned, for whoever says so. */
export type Queue = {
  isEmpty(): boolean
  /** Whether an execution of this cell waits. */
  has(cellId: string): boolean
  add(executions: Execution[]): void
  next(): Execution | undefined
  /** The next, which stays. */
  peek(): Execution | undefined
  /** Puts back what was next, in order. */
  putBack(executions: Execution[]): void
  /** What cannot run since this one failed: those that wait for its cell, or in page order all others that do. */
  failed(execution: Execution): Execution[]
  /** Takes one back, and those that wait for it. */
  cancel(executionId: string): Execution[]
  remove(isMeant: (execution: Execution) => boolean): Execution[]
  clear(): Execution[]
}

export function createQueue(): Queue {
  let waiting: Execution[] = []
  const take = (isTaken: (execution: Execution) => boolean) => {
    const taken = waiting.filter(isTaken)
    if (taken.length > 0) waiting = waiting.filter((each) => !taken.includes(each))
    return taken
  }
  /** Those behind a cell without a value; one that waits itself, behind it, will give it one. */
  const dependants = (cellId: string, from: number) => {
    const lost = new Set([cellId])
    const found = new Set<Execution>()
    for (const each of waiting.slice(from)) {
      if (each.inputs.some((input) => lost.has(input))) {
        found.add(each)
        lost.add(each.cellId)
      } else lost.delete(each.cellId)
    }
    return found
  }

  return {
    isEmpty: () => waiting.length === 0,
    has: (cellId) => waiting.some((each) => each.cellId === cellId),
    add: (executions) => void waiting.push(...executions),
    next: () => waiting.shift(),
    peek: () => waiting[0],
    putBack: (executions) => void waiting.unshift(...executions),
    failed({ cellId, inPageOrder }) {
      const behind = dependants(cellId, 0)
      return take((each) => behind.has(each) || (inPageOrder && each.inPageOrder))
    },
    cancel(executionId) {
      const index = waiting.findIndex((each) => each.executionId === executionId)
      if (index < 0) return []
      const one = waiting[index]!
      const behind = one.inPageOrder ? new Set() : dependants(one.cellId, index + 1)
      return take((each) => each === one || behind.has(each))
    },
    remove: take,
    clear: () => take(() => true),
  }
}
