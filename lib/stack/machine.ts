import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import postgres from 'postgres'

/** Lets this machine's host sign in: its row holds the hash of the token that the configuration holds. */
export async function registerMachine(databaseUrl: string, token: string) {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  const hash = createHash('sha256').update(token).digest()
  try {
    await sql`insert into machines (name, token_hash) values (${hostname()}, ${hash})
      on conflict (name) do update set token_hash = excluded.token_hash`
  } finally {
    await sql.end()
  }
}
