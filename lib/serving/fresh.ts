import { LRUCache } from 'lru-cache'
import type { AtHand } from './at-hand'

type Entry<T> = { value?: T; since: number; loading?: Promise<T> }

export type Fresh<T> = {
  /** A value that was read at most `maxAgeMs` ago: at once where one is at hand. */
  get(key: string, load: () => Promise<T>): AtHand<T>
}

/**
 * Values that may be a moment old. From half of their age on they are read again behind the next caller's back,
 * so that in steady use nobody waits. A failed reading is kept for nobody.
 * `now` in milliseconds.
 */
export function createFresh<T extends NonNullable<unknown>>(
  maxAgeMs: number,
  { max = 10_000, now = () => performance.now() } = {},
): Fresh<T> {
  const entries = new LRUCache<string, Entry<T>>({ max })

  function read(key: string, entry: Entry<T>, load: () => Promise<T>) {
    // The age counts from before the reading: what changed during it may have been missed.
    const since = now()
    const loading = load().then(
      (value) => {
        entry.value = value
        entry.since = since
        entry.loading = undefined
        return value
      },
      (error: unknown) => {
        entry.loading = undefined
        // What could not be confirmed must not be used on.
        if (entries.get(key) === entry) entries.delete(key)
        throw error
      },
    )
    entry.loading = loading
    return loading
  }

  return {
    get(key, load) {
      let entry = entries.get(key)
      if (!entry) {
        entry = { since: Number.NEGATIVE_INFINITY }
        entries.set(key, entry)
      }
      const age = now() - entry.since
      if (entry.value === undefined || age >= maxAgeMs) return entry.loading ?? read(key, entry, load)
      if (age >= maxAgeMs / 2 && !entry.loading) read(key, entry, load).catch(() => {})
      return entry.value
    },
  }
}
