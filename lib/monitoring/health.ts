import { type Episode, listEpisodes } from '../alerts/episodes'
import type { Database } from '../db'
import { type DriftState, driftState } from './drift/latest'

/** What an endpoint's monitoring page shows beside its figures. */
export type Health = {
  drift: DriftState
  /** Newest first. */
  alerts: Episode[]
}

export async function healthOf(db: Database, endpointId: string): Promise<Health> {
  const [drift, alerts] = await Promise.all([driftState(db, endpointId), listEpisodes(db, endpointId)])
  return { drift, alerts }
}
