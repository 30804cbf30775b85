import { z } from 'zod'
import { nothingPending, type Pending } from './pending'

/** Where a person's unsaved edits of a data set are kept in this browser, so that a closed page loses none. */
const keyOf = (datasetId: string) => `cellar:edits:${datasetId}`

const value = z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(z.number())])
const kept = z.object({
  parent: z.number().int().min(1),
  changed: z.record(z.string(), z.record(z.string(), z.object({ before: value, after: value }))),
  deleted: z.record(z.string(), z.literal(true)),
  added: z.array(z.object({ row: z.number().int(), values: z.record(z.string(), value) })),
})

/** The edits that are kept; undefined where there are none. */
export function readKept(datasetId: string, storage: Pick<Storage, 'getItem'>): Pending | undefined {
  try {
    const text = storage.getItem(keyOf(datasetId))
    return text === null ? undefined : (kept.parse(JSON.parse(text)) as Pending)
  } catch {
    // Of another release of Cellar, or no storage at all.
    return undefined
  }
}

/** Keeps edits in place of those before; nothing is kept of none. False where the browser has no room for them. */
export function keepEdits(
  datasetId: string,
  pending: Pending,
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
): boolean {
  const isNone = JSON.stringify({ ...pending, parent: 0 }) === JSON.stringify(nothingPending(0))
  try {
    if (isNone) storage.removeItem(keyOf(datasetId))
    else storage.setItem(keyOf(datasetId), JSON.stringify(pending))
    return true
  } catch {
    return false
  }
}
