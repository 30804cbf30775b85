import type { PullOrder } from '../protocol/repository'
import { Refused } from '../refused'

/** Gives an order to a machine; answers which. Refuses where none is connected. */
export type PullChannel = (order: PullOrder) => Promise<{ machineId: string }>

const shared = globalThis as typeof globalThis & { cellarPulls?: PullChannel }

/** The socket server says how to reach machines. */
export function providePulls(channel: PullChannel) {
  shared.cellarPulls = channel
}

export function pullChannel(): PullChannel {
  if (shared.cellarPulls) return shared.cellarPulls
  throw new Refused(503, 'host_absent', 'no machine is connected that could pull it; try again in a moment')
}
