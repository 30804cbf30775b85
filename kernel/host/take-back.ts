import type { Ahead } from './ahead'
import type { KernelChild } from './child'

/** What is done once the child has nothing before its turn. */
export type TakeBack = {
  /** Takes back what was sent ahead and has not begun, as if it had never been sent; then `act`. */
  before(act: () => void): void
  isUnderWay(): boolean
  /** The child is gone, or going: what waits for its answer does not any more. */
  end(): void
}

export type TakeBackOptions = {
  ahead: Ahead
  child(): KernelChild | undefined
  /** The child's answer: executions up to this number have begun. `last` was asked for. */
  onBegun(begun: number, last: number): void
  /** All that waited has been done. */
  onDone(): void
}

/** Several acts wait for one answer. */
export function createTakeBack({ ahead, child, onBegun, onDone }: TakeBackOptions): TakeBack {
  let waiting: (() => void)[] = []
  const end = () => {
    const acts = waiting
    waiting = []
    for (const act of acts) act()
  }
  return {
    before(act) {
      const last = ahead.last()
      if (!last && waiting.length === 0) return act()
      waiting.push(act)
      const asked = child()
      if (waiting.length > 1 || !asked || !last) return
      void asked.takeBack(last.n).then((begun) => {
        if (child() !== asked) return
        onBegun(begun, last.n)
        end()
        onDone()
      })
    },
    isUnderWay: () => waiting.length > 0,
    end,
  }
}
