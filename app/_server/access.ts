import { LRUCache } from 'lru-cache'
import type { Database } from '../../lib/db'
import { type Entry, enter } from '../../lib/door'
import type { Action } from '../../lib/permissions'

/** How old the door's answer may be, milliseconds: a changed role counts within this time. */
const maxAgeMs = 1000

export type Access = (userId: string, action: Action, notebookId: string) => Entry | Promise<Entry>

/** The door for socket messages, with its answers kept for a moment: a run must not wait for the database. */
export function createAccess(db: Database): Access {
  const entries = new LRUCache<string, Entry>({ max: 10_000, ttl: maxAgeMs })
  return (userId, action, notebookId) => {
    const key = `${userId} ${action} ${notebookId}`
    const known = entries.get(key)
    if (known) return known
    return enter({ kind: 'user', id: userId }, action, { notebookId }, db).then((entry) => {
      entries.set(key, entry)
      return entry
    })
  }
}
