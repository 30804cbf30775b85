import { z } from 'zod'
import { nothingPending, type Pending } from './pending'

/** Where a tab's unsaved edits of a data set are kept in this browser, so that a closed page loses none. */
const keyOf = (datasetId: string, tab: string) => `cellar:edits:${datasetId}:${tab}`

const value = z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(z.number())])
const kept = z.object({
  parent: z.number().int().min(1),
  changed: z.record(z.string(), z.record(z.string(), z.object({ before: value, after: value }))),
  deleted: z.record(z.string(), z.literal(true)),
  added: z.array(z.object({ row: z.number().int(), values: z.record(z.string(), value) })),
})

type Reads = Pick<Storage, 'length' | 'key' | 'getItem'>
type Writes = Pick<Storage, 'setItem' | 'removeItem'>

/** Names of the tabs that edits of a data set are kept of. */
export function keptTabs(datasetId: string, storage: Pick<Storage, 'length' | 'key'>): string[] {
  const prefix = keyOf(datasetId, '')
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '')
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
}

/**
 * Takes over what a tab has left that lives no more: from now on it is this tab's. Undefined where there is nothing.
 * `alive`: tabs whose edits are their own.
 */
export function takeLeft(
  datasetId: string,
  tab: string,
  alive: ReadonlySet<string>,
  storage: Reads & Writes,
): Pending | undefined {
  for (const left of keptTabs(datasetId, storage)) {
    if (left === tab || alive.has(left)) continue
    const found = readKept(datasetId, left, storage)
    if (!found) continue
    // Kept twice for a moment rather than not at all.
    if (!keepEdits(datasetId, tab, found, storage)) return undefined
    storage.removeItem(keyOf(datasetId, left))
    return found
  }
  return undefined
}

/** The edits that are kept of a tab; undefined where there are none. */
export function readKept(
  datasetId: string,
  tab: string,
  storage: Pick<Storage, 'getItem'>,
): Pending | undefined {
  try {
    const text = storage.getItem(keyOf(datasetId, tab))
    return text === null ? undefined : (kept.parse(JSON.parse(text)) as Pending)
  } catch {
    // Of another release of Cellar, or no storage at all.
    return undefined
  }
}

/** Keeps a tab's edits in place of those before; nothing is kept of none. False where the browser has no room for them. */
export function keepEdits(datasetId: string, tab: string, pending: Pending, storage: Writes): boolean {
  const isNone = JSON.stringify({ ...pending, parent: 0 }) === JSON.stringify(nothingPending(0))
  try {
    if (isNone) storage.removeItem(keyOf(datasetId, tab))
    else storage.setItem(keyOf(datasetId, tab), JSON.stringify(pending))
    return true
  } catch {
    return false
  }
}
