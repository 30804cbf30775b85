import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import postgres from 'postgres'

/** Lets a machine's host sign in, this one's unless it is named: its row holds the hash of the token that the configuration holds. */
export async function registerMachine(databaseUrl: string, token: string, name = hostname()) {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  const hash = createHash('sha256').update(token).digest()
  try {
    await sql`insert into machines (name, token_hash) values (${name}, ${hash})
      on conflict (name) do update set token_hash = excluded.token_hash`
  } finally {
    await sql.end()
  }
}
