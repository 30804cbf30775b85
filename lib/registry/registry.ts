import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type * as schema from '../../drizzle/schema'
import type { ArtifactStore } from '../artifacts'
import type { CheckJob, CheckReply } from '../protocol/serving'

export type Database = PostgresJsDatabase<typeof schema>

/** What making a version needs; reading needs only the database. */
export type Registry = {
  db: Database
  artifacts: ArtifactStore
  /** Runs a version's self-test in a fresh model child (`lib/registry/checker`). Rejects when no worker answers in time. */
  check(job: CheckJob): Promise<CheckReply>
  /** As applications reach this installation, without a slash at the end. */
  origin: string
}

/** The request cannot be granted; the message says why and goes back to the person. `status`: of the HTTP answer. */
export class RegistryError extends Error {
  override name = 'RegistryError'
  constructor(
    readonly status: 400 | 404 | 409 | 422 | 503,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}
