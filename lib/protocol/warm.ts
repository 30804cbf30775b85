import type { Redis } from 'ioredis'

/** From web to all workers at once: a version is about to answer, so each of them loads it. */
export type WarmRequest = {
  id: string
  versionId: string
  artifact: string
  /** Redis channel on which each worker says the `id` once it has loaded the version, or cannot. */
  reply: string
}

/** Redis channels know nothing of its numbered databases, of which one installation has one. */
export const warmChannel = ({ options }: Redis) => `warm:${options.db ?? 0}`
