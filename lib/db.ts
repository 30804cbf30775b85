import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import * as schema from '../drizzle/schema'
import { readConfig } from './config'

export type Database = PostgresJsDatabase<typeof schema>
/** What a transaction's callback gets; every `Database` can stand in its place. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
export type Queryable = Database | Transaction

export type Connection = { db: Database; sql: Sql; close(): Promise<void> }

/** A pool of connections to one database. `sql` is drizzle's own client: it gives times back as text. */
export function connect(url: string, max = 10): Connection {
  const sql = postgres(url, { max, onnotice: () => {} })
  return { db: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) }
}

const shared = globalThis as typeof globalThis & { cellarDatabase?: Connection }

/** Makes this the process's database, instead of the configured one. */
export function setDatabase(connection: Connection) {
  shared.cellarDatabase = connection
}

/** The process's database. One for all bundles in it: Next's and the server's hold a copy of this module each. */
export function database(): Database {
  shared.cellarDatabase ??= connect(readConfig().databaseUrl)
  return shared.cellarDatabase.db
}
