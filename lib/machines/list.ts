import { asc } from 'drizzle-orm'
import { machines } from '../../drizzle/schema'
import { database } from '../db'
import type { Backend, Isolation } from '../protocol/events'
import { connectedHosts } from './connected'

export type MachineSummary = {
  id: string
  name: string
  connected: boolean
  lastSeenAt: Date | null
  /** Of its host, while that is connected. */
  isolation: Isolation | null
  backend: Backend | null
  /** Kernels that live on it now. */
  kernels: number
}

/** The installation's machines by name. */
export async function listMachines(db = database()): Promise<MachineSummary[]> {
  const rows = await db
    .select({ id: machines.id, name: machines.name, lastSeenAt: machines.lastSeenAt })
    .from(machines)
    .orderBy(asc(machines.name))
  return rows.map((row) => {
    const host = connectedHosts().get(row.id)
    const { isolation = null, backend = null, kernels = 0 } = host ?? {}
    return { ...row, connected: host !== undefined, isolation, backend, kernels }
  })
}
