import type { ColumnType, DatasetValue } from './dataset'

/** How a row of one version stands in another. */
export const diffKinds = ['added', 'changed', 'deleted'] as const
export type DiffKind = (typeof diffKinds)[number]

/** A column of one of two versions. Its type in each; null where that version does not have it. */
export type DiffColumn = { name: string; before: ColumnType | null; after: ColumnType | null }

/** A row that differs. Values are in the order of `DatasetDiff.columns`, null where the version has no such column. */
export type DiffRow = {
  row: number
  kind: DiffKind
  /** Undefined of an added row. */
  before?: DatasetValue[]
  /** Undefined of a deleted row. */
  after?: DatasetValue[]
  /** Places of the columns whose values differ. */
  changed: number[]
}

/** What differs between two versions, and some of the rows. */
export type DatasetDiff = {
  counts: Record<DiffKind, number>
  columns: DiffColumn[]
  rows: DiffRow[]
}
