import { and, eq } from 'drizzle-orm'
import { endpoints } from '../../drizzle/schema'
import type { Transaction } from '../db'
import { RegistryError } from '../registry/registry'

export type Named = { workspaceId: string; endpoint: string }

/** The endpoint, locked until the transaction ends: what changes its versions does so one after another. */
export async function lockEndpoint(tx: Transaction, { workspaceId, endpoint: name }: Named) {
  const [endpoint] = await tx
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(and(eq(endpoints.workspaceId, workspaceId), eq(endpoints.name, name)))
    .for('update')
  if (!endpoint) throw new RegistryError(404, 'not_found', `no such endpoint: ${name}`)
  return endpoint
}
