import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { type DiffColumn, isCompared } from '../../../lib/protocol/dataset-diff'

/** The columns of two versions: those of the later one, then what it has no more. */
export function diffColumns(before: DatasetColumn[], after: DatasetColumn[]): DiffColumn[] {
  const old = new Map(before.map(({ name, type }) => [name, type]))
  const now = new Map(after.map(({ name, type }) => [name, type]))
  return [
    ...after.map(({ name, type }) => ({ name, before: old.get(name) ?? null, after: type })),
    ...before.flatMap(({ name, type }) => (now.has(name) ? [] : [{ name, before: type, after: null }])),
  ]
}

/**
 * What of a column is compared, as SQL; undefined of a column that one of the versions does not have. Of values of two
 * types, only whether they are there.
 */
export function comparedValue(column: DiffColumn, value: string): string | undefined {
  const { before, after } = column
  if (before === null || after === null) return undefined
  if (before === after) return value
  return isCompared(column) ? `${value}::DOUBLE` : `${value} IS NULL`
}
