import { inputKey } from '../../lib/protocol/input-key'
import type { InputChange } from '../../lib/protocol/inputs'

/** What people set inputs to. A new kernel shows them so while they are defined as they were. */
export type HeldInputs = {
  set(changes: readonly InputChange[]): void
  /** A cell is deleted, its inputs with it. */
  forget(cellId: string): void
  /** A new kernel has been told nothing. */
  tellAll(): void
  /** What the kernel has not been told: all of one turn see the same values. */
  hasNews(): boolean
  news(): InputChange[]
}

/** Nobody has moved one yet. */
export function createHeldInputs(): HeldInputs {
  const held = new Map<string, InputChange>()
  const untold = new Map<string, InputChange>()
  return {
    set(changes) {
      for (const change of changes) {
        held.set(inputKey(change), change)
        untold.set(inputKey(change), change)
      }
    },
    forget(cellId) {
      for (const [key, change] of held) if (change.cellId === cellId) held.delete(key)
    },
    tellAll() {
      for (const [key, change] of held) untold.set(key, change)
    },
    hasNews: () => untold.size > 0,
    news() {
      const changes = [...untold.values()]
      untold.clear()
      return changes
    },
  }
}
