import { LRUCache } from 'lru-cache'

/** Header with the other end of the connection, set by the server whatever the client sent. */
export const addressHeader = 'x-cellar-address'

export type Attempts = {
  /** Until when this key is refused, milliseconds since 1970; undefined when it may try. */
  blockedUntil(key: string): number | undefined
  /** Counts one that failed. */
  fail(key: string): void
  forget(key: string): void
}

/**
 * Refuses a key after `limit` failures within `windowMs`, until the window of the first of them has passed. Kept in
 * memory: there is one web process per installation, and who tries passwords cannot restart it.
 */
export function createAttempts(limit: number, windowMs: number, now: () => number = Date.now): Attempts {
  const entries = new LRUCache<string, { failures: number; until: number }>({ max: 50_000 })
  const current = (key: string) => {
    const entry = entries.get(key)
    return entry && entry.until > now() ? entry : undefined
  }
  return {
    blockedUntil(key) {
      const entry = current(key)
      return entry && entry.failures >= limit ? entry.until : undefined
    },
    fail(key) {
      const entry = current(key)
      if (entry) entry.failures++
      else entries.set(key, { failures: 1, until: now() + windowMs })
    },
    forget: (key) => void entries.delete(key),
  }
}
