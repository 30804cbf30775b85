import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { machines } from '../../drizzle/schema'
import { database } from '../db'

/** The machine whose host holds this token; undefined for an unknown one. Notes that it was seen. */
export async function verifyMachine(
  token: string,
  db = database(),
): Promise<{ id: string; name: string } | undefined> {
  // Looked up by the hash of 256 random bits: the time this takes says nothing about the token.
  const tokenHash = createHash('sha256').update(token).digest()
  const [row] = await db
    .update(machines)
    .set({ lastSeenAt: sql`now()` })
    .where(eq(machines.tokenHash, tokenHash))
    .returning({ id: machines.id, name: machines.name })
  return row
}
