/** An execution of a cell, as its outputs name it. */
export type Execution = { n: number; executionId: string; cellId: string }

/** Which execution an output belongs to. */
export type Executions = {
  begin(execution: Execution): void
  end(execution: Execution): void
  /** The one that runs. */
  current(): Execution | undefined
  /**
   * The one that runs; between executions (a timer, an event) the one whose code is on the stack, else the last.
   */
  owner(): Execution | undefined
  of(n: number): Execution | undefined
}

/** Executions remembered for late output. */
const remembered = 1000

export function createExecutions(ownerOnStack: () => { n: number } | undefined): Executions {
  const byNumber = new Map<number, Execution>()
  let current: Execution | undefined
  let last: Execution | undefined
  return {
    begin(execution) {
      current = execution
      last = execution
      byNumber.set(execution.n, execution)
      if (byNumber.size > remembered) byNumber.delete(byNumber.keys().next().value!)
    },
    end(execution) {
      if (current === execution) current = undefined
    },
    current: () => current,
    owner() {
      if (current) return current
      const found = ownerOnStack()
      return (found && byNumber.get(found.n)) ?? last
    },
    of: (n) => byNumber.get(n),
  }
}
