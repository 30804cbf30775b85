import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

// Any number, as long as it stays: two starts on one database must not migrate at once.
const lock = 7_266_354

/** Brings a database to the newest schema. */
export async function migrateDatabase(url: string, migrationsFolder: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${lock})`
    await migrate(drizzle(sql), { migrationsFolder })
  } finally {
    await sql.end()
  }
}
