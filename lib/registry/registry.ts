import type { ArtifactStore } from '../artifacts'
import type { Database } from '../db'
import type { CheckJob, CheckReply } from '../protocol/serving'

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

const shared = globalThis as typeof globalThis & { cellarRegistry?: Registry }

/** Sets the registry of this process, for its routes. */
export function setRegistry(registry: Registry) {
  shared.cellarRegistry = registry
}

/** The registry of the web process. */
export function processRegistry(): Registry {
  if (!shared.cellarRegistry) throw new Error('no registry in this process: only web has one')
  return shared.cellarRegistry
}
