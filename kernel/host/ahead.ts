import type { Execution } from './executions'

/** An execution that the child has before its turn. `isSettled`: it changes nothing for the compilation of what follows. */
export type Sent = Execution & { n: number; isSettled: boolean }

/**
 * Executions that were sent to the child before their turn, in order. Each begins there as soon as the one before it has
 * ended with `done`, so that no cell waits for two processes to wake each other.
 */
export type Ahead = {
  /** Whether some more are worth a message. */
  isLow(): boolean
  /** Whether one more may be sent: not behind one whose run changes what follows. */
  hasRoom(): boolean
  add(sent: Sent): void
  /** The one whose turn has come. */
  next(): Sent | undefined
  last(): Sent | undefined
  some(isMeant: (execution: Execution) => boolean): boolean
  size(): number
  /** Takes out those with a number above this one. */
  takeBack(begun: number): Sent[]
}

const most = 32
const low = 16

export function createAhead(): Ahead {
  let sent: Sent[] = []
  return {
    isLow: () => sent.length < low,
    hasRoom: () => sent.length < most && sent.at(-1)?.isSettled !== false,
    add: (one) => void sent.push(one),
    next: () => sent.shift(),
    last: () => sent.at(-1),
    some: (isMeant) => sent.some(isMeant),
    size: () => sent.length,
    takeBack(begun) {
      const taken = sent.filter(({ n }) => n > begun)
      sent = sent.filter(({ n }) => n <= begun)
      return taken
    },
  }
}
