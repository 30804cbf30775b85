import type { ReproductionOrder } from '../../protocol/reproduction'
import { RegistryError } from '../registry'

/** How a process reaches the machines that run cells. */
export type ReproductionChannel = {
  /** Gives an order to the machine that has the notebook's files; answers which. Refuses where it is not connected. */
  begin(order: ReproductionOrder): Promise<{ machineId: string }>
  /** A machine that is not connected ends it by itself when it finds it has ended. */
  cancel(machineId: string, reproductionId: string): Promise<void>
}

const shared = globalThis as typeof globalThis & { cellarReproductions?: ReproductionChannel }

/** The socket server says how to reach machines. */
export function provideReproductions(channel: ReproductionChannel) {
  shared.cellarReproductions = channel
}

export function reproductionChannel(): ReproductionChannel {
  if (shared.cellarReproductions) return shared.cellarReproductions
  throw new RegistryError(
    503,
    'host_absent',
    'no machine is connected that could run it; try again in a moment',
  )
}
