import type { DatasetEdits } from '../../../../../lib/datasets/edit/edits'
import type { DatasetValue } from '../../../../../lib/protocol/dataset'

export type CellChange = { before: DatasetValue; after: DatasetValue }

/** What was changed of a version and is not saved yet. Columns go by name; a new row has a negative number. */
export type Pending = {
  /** Number of the version that was edited. */
  parent: number
  changed: Record<number, Record<string, CellChange>>
  deleted: Record<number, true>
  added: { row: number; values: Record<string, DatasetValue> }[]
}

/** One cell that gets another value. `before`: as the version has it; of a new row it does not count. */
export type CellEdit = { row: number; column: string; before: DatasetValue; after: DatasetValue }

export const nothingPending = (parent: number): Pending => ({ parent, changed: {}, deleted: {}, added: [] })

/** Whether a row is new, and not in the version. */
export const isNew = (row: number) => row < 0

/** Changes cells; one that gets its value of the version again is not changed any more. */
export function setCells(pending: Pending, edits: CellEdit[]): Pending {
  const changed = { ...pending.changed }
  const fresh = new Map<number, Record<string, DatasetValue>>()
  for (const { row, column, before, after } of edits) {
    if (isNew(row)) {
      fresh.set(row, { ...fresh.get(row), [column]: after })
      continue
    }
    const { [column]: known, ...others } = changed[row] ?? {}
    const first = known ? known.before : before
    const cells = sameValue(first, after) ? others : { ...others, [column]: { before: first, after } }
    if (Object.keys(cells).length > 0) changed[row] = cells
    else delete changed[row]
  }
  const added = fresh.size
    ? pending.added.map((each) => ({ ...each, values: { ...each.values, ...fresh.get(each.row) } }))
    : pending.added
  return { ...pending, changed, added }
}

/** Puts new rows at the end. They hold nothing yet, or what is given. */
export function addRows(pending: Pending, rows: Record<string, DatasetValue>[]): Pending {
  const least = pending.added.reduce((least, { row }) => Math.min(least, row), 0)
  return {
    ...pending,
    added: [...pending.added, ...rows.map((values, i) => ({ row: least - 1 - i, values }))],
  }
}

/** Marks rows as deleted; new ones are gone at once. */
export function deleteRows(pending: Pending, rows: number[]): Pending {
  const gone = new Set(rows.filter(isNew))
  const deleted = { ...pending.deleted }
  for (const row of rows) if (!isNew(row)) deleted[row] = true
  return { ...pending, deleted, added: pending.added.filter(({ row }) => !gone.has(row)) }
}

/** Takes deletions back. */
export function keepRows(pending: Pending, rows: number[]): Pending {
  const deleted = { ...pending.deleted }
  for (const row of rows) delete deleted[row]
  return { ...pending, deleted }
}

export type PendingCount = { added: number; changed: number; deleted: number; all: number }

/** How many rows are not as the version has them. */
export function countPending({ changed, deleted, added }: Pending): PendingCount {
  const gone = Object.keys(deleted).length
  const others = Object.keys(changed).filter((row) => !deleted[Number(row)]).length
  return { added: added.length, changed: others, deleted: gone, all: added.length + others + gone }
}

/** As it is sent to be saved. */
export function editsOf({ changed, deleted, added }: Pending): DatasetEdits {
  return {
    changed: Object.entries(changed).flatMap(([row, cells]) =>
      deleted[Number(row)]
        ? []
        : [
            {
              row: Number(row),
              values: Object.fromEntries(Object.entries(cells).map(([name, { after }]) => [name, after])),
            },
          ],
    ),
    deleted: Object.keys(deleted).map(Number),
    added: added.map(({ values }) => values),
  }
}

export const sameValue = (a: DatasetValue, b: DatasetValue): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b))
