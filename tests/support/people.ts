import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import { memberships, users, workspaces } from '../../drizzle/schema'
import { newSecret, writeConfig } from '../../lib/config'
import { connect, type Database, setDatabase } from '../../lib/db'
import type { Role } from '../../lib/permissions'
import { configBelow } from './config'
import { freshDatabase } from './database'

export const origin = 'http://127.0.0.1:3999'

/** A database of its own and a configuration for this test file, as the web process has them. */
export async function installation() {
  const home = await mkdtemp(path.join(tmpdir(), 'cellar-web-'))
  const database = await freshDatabase()
  const authSecret = newSecret()
  Object.assign(process.env, { CELLAR_HOME: home, NEXTAUTH_URL: origin, NEXTAUTH_SECRET: authSecret })
  const config = configBelow(home, {
    ...{ home, port: 3999, origin, authSecret },
    ...{ databaseUrl: database.url, redisUrl: 'redis://127.0.0.1:1' },
  })
  writeConfig(config)
  const connection = connect(database.url)
  setDatabase(connection)
  return {
    config,
    db: connection.db,
    sql: connection.sql,
    async close() {
      await connection.close()
      await database.drop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

export type Person = { id: string; email: string; name: string; workspaceId: string; cookie: string }

/** A person with an empty workspace of their own, signed in. */
export async function addPerson(db: Database, name: string): Promise<Person> {
  const email = `${name}-${crypto.randomUUID()}@example.org`
  const [user] = await db
    .insert(users)
    .values({ email, name, passwordHash: 'none' })
    .returning({ id: users.id, sessionVersion: users.sessionVersion })
  const [workspace] = await db
    .insert(workspaces)
    .values({ name, kind: 'personal' })
    .returning({ id: workspaces.id })
  await addMember(db, workspace!.id, user!.id, 'owner')
  const cookie = await cookieOf(user!.id, user!.sessionVersion)
  return { id: user!.id, email, name, workspaceId: workspace!.id, cookie }
}

export const addMember = (db: Database, workspaceId: string, userId: string, role: Role) =>
  db.insert(memberships).values({ workspaceId, userId, role })

export async function cookieOf(
  userId: string,
  sessionVersion: number,
  secret = process.env.NEXTAUTH_SECRET!,
) {
  return `next-auth.session-token=${await encode({ token: { sub: userId, sessionVersion }, secret })}`
}
