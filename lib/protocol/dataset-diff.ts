import type { ColumnType, DatasetValue } from './dataset'

/** How a row of one version stands in another. */
export const diffKinds = ['added', 'changed', 'deleted'] as const
export type DiffKind = (typeof diffKinds)[number]

/** A column of one of two versions. Its type in each; null where that version does not have it. */
export type DiffColumn = { name: string; before: ColumnType | null; after: ColumnType | null }

/** Whether values of two types are compared with each other: numbers are, whole or not. */
export const isCompared = ({ before, after }: Pick<DiffColumn, 'before' | 'after'>) =>
  before === after || [before, after].every((type) => type === 'integer' || type === 'number')

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
  /**
   * Whether rows are compared as wholes, how often each is there: those of a new file have no identity in the versions
   * before it. None is changed then.
   */
  asWholes: boolean
  columns: DiffColumn[]
  rows: DiffRow[]
}
