import { parseCookie } from 'cookie'
import { and, eq, sql } from 'drizzle-orm'
import { getToken } from 'next-auth/jwt'
import { users } from '../drizzle/schema'
import { type Database, database } from './db'
import { publish } from './signals'

export type User = { id: string; email: string; name: string }

/**
 * Who a `Cookie` header belongs to; undefined for nobody, and for a session that was ended. Pages, routes and socket
 * handshakes all ask here. The secret is `NEXTAUTH_SECRET`, which web sets in its own process.
 */
export async function currentUser(
  cookieHeader: string | null | undefined,
  db: Database = database(),
): Promise<User | undefined> {
  if (!cookieHeader) return
  // A bare request would silently give null: getToken wants parsed cookies. With no headers given, it never
  // takes a Bearer header for a session.
  const token = await getToken({ req: { cookies: parseCookie(cookieHeader), headers: {} } as never })
  if (!token?.sub || !token.sessionVersion) return
  return db.query.users.findFirst({
    columns: { id: true, email: true, name: true },
    where: and(eq(users.id, token.sub), eq(users.sessionVersion, token.sessionVersion)),
  })
}

/** Ends every session of a person at once: cookies, and the sockets they opened. */
export async function signOutEverywhere(userId: string, db: Database = database()) {
  await db
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId))
  publish({ type: 'signed_out', userId })
}

declare module 'next-auth' {
  interface User {
    sessionVersion: number
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sessionVersion?: number
  }
}
