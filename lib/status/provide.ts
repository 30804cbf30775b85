import { Refused } from '../refused'
import type { Status } from './read'

const shared = globalThis as typeof globalThis & { cellarStatus?: () => Promise<Status> }

/** The web process says how the status is read: it has the connection to Redis. */
export function provideStatus(read: () => Promise<Status>) {
  shared.cellarStatus = read
}

/** How the installation does now. Refuses while Redis is away, since nothing is known then. */
export async function installationStatus(): Promise<Status> {
  if (!shared.cellarStatus) throw new Refused(503, 'unavailable', 'the status is not kept by this process')
  try {
    return await shared.cellarStatus()
  } catch (cause) {
    console.error('the status could not be read:', cause)
    throw new Refused(503, 'unavailable', 'Redis cannot be reached, so no process can say how it does')
  }
}
