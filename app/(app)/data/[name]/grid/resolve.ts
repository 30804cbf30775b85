import type { DatasetValue } from '../../../../../lib/protocol/dataset'
import type { DatasetConflict, DatasetConflicts } from '../../../../../lib/protocol/dataset-edit'
import { addRows, type Pending, sameValue } from './pending'

export type Side = 'mine' | 'theirs'

/** What is chosen, by row: of the row as a whole, or of its cells by column. */
export type Choices = Record<number, Side | Record<string, Side>>

/** The columns of a row that either side changed, with all three values. */
export type DisputedCell = { column: string; before: DatasetValue; theirs: DatasetValue; mine: DatasetValue }

/** What two sides made of a row, cell by cell. */
export function disputedCells(
  pending: Pending,
  { row, before, theirs }: DatasetConflict,
  columns: DatasetConflicts['columns'],
): DisputedCell[] {
  const changed = pending.changed[row] ?? {}
  return columns.flatMap(({ name }, i) => {
    const cell = changed[name]
    const base = before[i]!
    const other = theirs ? theirs[i]! : base
    if (!cell && sameValue(base, other)) return []
    return [{ column: name, before: base, theirs: other, mine: cell ? cell.after : base }]
  })
}

/** Of a row that both changed, but in other cells, both can be kept: mine are what I changed, theirs stays otherwise. */
export const sideOf = (choice: Choices[number] | undefined, column: string): Side =>
  (typeof choice === 'object' ? choice[column] : choice) ?? 'mine'

/** What is still to be saved once somebody has chosen, on top of the version in which the conflicts are. */
export function resolveConflicts(
  pending: Pending,
  { head, columns, rows }: DatasetConflicts,
  choices: Choices,
): Pending {
  const changed = { ...pending.changed }
  const deleted = { ...pending.deleted }
  const back: Record<string, DatasetValue>[] = []
  for (const { row, before, theirs } of rows) {
    const choice = choices[row]
    if (deleted[row]) {
      if (choice === 'theirs') {
        delete deleted[row]
        delete changed[row]
      }
      continue
    }
    const mine = changed[row] ?? {}
    delete changed[row]
    if (theirs === null) {
      // Its identity is gone with it: what I keep of it is a new row.
      if (choice !== 'theirs')
        back.push(Object.fromEntries(columns.map(({ name }, i) => [name, mine[name]?.after ?? before[i]!])))
      continue
    }
    const kept = columns.flatMap(({ name }, i) => {
      const cell = mine[name]
      if (!cell || sideOf(choice, name) === 'theirs' || sameValue(cell.after, theirs[i]!)) return []
      return [[name, { before: theirs[i]!, after: cell.after }] as const]
    })
    if (kept.length > 0) changed[row] = Object.fromEntries(kept)
  }
  return addRows({ ...pending, parent: head, changed, deleted }, back)
}
