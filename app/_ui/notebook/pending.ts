import * as Y from 'yjs'

/**
 * Edits the server has not acknowledged, kept in the browser's storage so that they survive a reload or a crash
 * of the page. Each page writes under a key of its own; the next page of the same person adopts what is left.
 * Adopting an edit twice is harmless: Yjs updates are idempotent.
 */
export type Pending = {
  /** What earlier pages left, as one update. */
  adopt(): Uint8Array | undefined
  /** Replaces what this page keeps. */
  keep(updates: readonly Uint8Array[]): void
  /** The server has everything, the adopted edits too. */
  clear(): void
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export function createPending(
  storage: Storage,
  userId: string,
  notebookId: string,
  page = crypto.randomUUID(),
): Pending {
  const prefix = `cellar.pending.${userId}.${notebookId}.`
  const own = prefix + page
  let adopted: [key: string, value: string][] = []
  return {
    adopt() {
      adopted = keysOf(storage, prefix).map((key) => [key, storage.getItem(key) ?? ''])
      const updates = adopted.map(([, value]) => fromBase64(value)).filter(isUpdate)
      return updates.length ? Y.mergeUpdates(updates) : undefined
    },
    keep(updates) {
      try {
        if (updates.length === 0) storage.removeItem(own)
        else storage.setItem(own, toBase64(Y.mergeUpdates([...updates])))
      } catch {
        // A full or forbidden storage costs the protection against a reload, not the edits of this page.
      }
    },
    clear() {
      storage.removeItem(own)
      // Another page that is still open may have written more under its key since.
      for (const [key, value] of adopted) if (storage.getItem(key) === value) storage.removeItem(key)
      adopted = []
    },
  }
}

const keysOf = (storage: Storage, prefix: string) =>
  Array.from({ length: storage.length }, (_, i) => storage.key(i)).filter(
    (key): key is string => key?.startsWith(prefix) ?? false,
  )

function isUpdate(bytes: Uint8Array | undefined): bytes is Uint8Array {
  if (!bytes?.length) return false
  try {
    Y.decodeUpdate(bytes)
    return true
  } catch {
    return false
  }
}

function toBase64(bytes: Uint8Array) {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return
  }
}
