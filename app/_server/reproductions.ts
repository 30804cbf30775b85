import { provideReproductions } from '../../lib/registry/reproduce/channel'
import type { Host, Hosts } from './hosts'

/** Lets routes have versions reproduced, by the machine that keeps their notebook's files. */
export function serveReproductions(
  hosts: Pick<Hosts, 'byMachine'>,
  hostOf: (notebookId: string) => Promise<Host>,
) {
  provideReproductions({
    async begin(order) {
      const host = await hostOf(order.notebookId)
      await host.ask('reproduction.begin', order)
      return { machineId: host.machine.id }
    },
    async cancel(machineId, reproductionId) {
      await hosts.byMachine(machineId)?.ask('reproduction.cancel', { reproductionId })
    },
  })
}
