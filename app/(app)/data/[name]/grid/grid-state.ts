import type { DatasetColumn, DatasetValue } from '../../../../../lib/protocol/dataset'
import type { Pending } from './pending'
import type { GridRow } from './use-grid-rows'

/** A row as it is drawn: the version's, with what is pending over it. */
export type ShownRow = {
  row: number
  /** Values of the version; of a new row null. */
  before: DatasetValue[]
  values: DatasetValue[]
  state: 'same' | 'changed' | 'deleted' | 'new'
}

/** A row of the version with what is pending. */
export function shownRow(
  { row, values }: GridRow,
  columns: readonly DatasetColumn[],
  pending: Pending,
): ShownRow {
  const changed = pending.changed[row]
  return {
    row,
    before: values,
    values: changed
      ? columns.map(({ name }, i) => (changed[name] ? changed[name].after : values[i]!))
      : values,
    state: pending.deleted[row] ? 'deleted' : changed ? 'changed' : 'same',
  }
}

/** A row that is to be added. */
export function newRow(
  { row, values }: Pending['added'][number],
  columns: readonly DatasetColumn[],
): ShownRow {
  return {
    row,
    before: columns.map(() => null),
    values: columns.map(({ name }) => values[name] ?? null),
    state: 'new',
  }
}
