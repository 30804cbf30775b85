import type { DatasetColumn, DatasetValue } from './dataset'

/** A row that somebody else changed while it was edited. Values are in the order of the columns. */
export type DatasetConflict = {
  row: number
  /** As both began. */
  before: DatasetValue[]
  /** As it is in the newest version; null: it is deleted there. */
  theirs: DatasetValue[] | null
}

/** Rows that two people changed at once: nothing is saved before somebody has chosen. */
export type DatasetConflicts = {
  /** Number of the newest version, on top of which the choice is saved. */
  head: number
  /** Of the newest version. */
  columns: DatasetColumn[]
  rows: DatasetConflict[]
}
