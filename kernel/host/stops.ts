import type { HostMessage } from '../../lib/protocol/kernel'

/** Holds messages back while a Stop is under way. */
export type Stops = {
  send(message: HostMessage): void
  /** Stop was asked for execution `n`. */
  began(n: number): void
  /** The supervisor has answered it, or a later one. */
  ended(n: number): void
}

/**
 * A termination that is asked for just as a waiting cell falls idle ends the child's next callback, whatever that is: it
 * must not be the one that reads a message of the host.
 */
export function createStops(write: (message: HostMessage) => void): Stops {
  let asked: number | undefined
  const held: HostMessage[] = []
  return {
    send(message) {
      if (asked === undefined) write(message)
      else held.push(message)
    },
    began(n) {
      asked = n
    },
    ended(n) {
      if (asked === undefined || n < asked) return
      asked = undefined
      for (const message of held.splice(0)) write(message)
    },
  }
}
