import { Refused } from '../../lib/refused'
import { providePulls } from '../../lib/repositories/channel'
import type { Hosts } from './hosts'

/** Lets routes have repositories pulled: by the machine that has least to do. */
export function servePulls(hosts: Hosts) {
  providePulls(async (order) => {
    const host = hosts.pick()
    if (!host)
      throw new Refused(
        503,
        'host_absent',
        'no machine is connected that could pull it; try again in a moment',
      )
    await host.ask('pull.begin', order)
    return { machineId: host.machine.id }
  })
}
