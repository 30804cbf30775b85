import type { Database } from '../db'
import { Refused } from '../refused'
import { endpointByName } from './find'

/** An endpoint of the workspace. Throws `Refused` 404 where there is none of this name. */
export async function requireEndpoint(db: Database, workspaceId: string, name: string) {
  const endpoint = await endpointByName(db, workspaceId, name)
  if (!endpoint) throw new Refused(404, 'not_found', `no such endpoint: ${name}`)
  return endpoint
}
