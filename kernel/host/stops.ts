import type { HostMessage } from '../../lib/protocol/kernel'

/** Holds messages back while a Stop is under way. */
export type Stops = {
  send(...messages: HostMessage[]): void
  /** Stop was asked for execution `n`. */
  began(n: number): void
  /** The supervisor has answered it, or a later one. */
  ended(n: number): void
}

/**
 * A termination that is asked for just as a waiting cell falls idle ends the child's next callback, whatever that is: it
 * must not be the one that reads a message of the host.
 */
export function createStops(write: (messages: HostMessage[]) => void): Stops {
  let asked: number | undefined
  const held: HostMessage[] = []
  return {
    send(...messages) {
      if (asked === undefined) write(messages)
      else held.push(...messages)
    },
    began(n) {
      asked = n
    },
    ended(n) {
      if (asked === undefined || n < asked) return
      asked = undefined
      if (held.length > 0) write(held.splice(0))
    },
  }
}
