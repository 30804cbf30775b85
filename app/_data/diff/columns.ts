import type { DatasetColumn } from '../../../lib/protocol/dataset'
import type { DiffColumn } from '../../../lib/protocol/dataset-diff'

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
 * Whether the values of a column differ, as SQL; undefined of a column that one of the versions does not have. Values of
 * two types are not compared, only whether they are there.
 */
export function differs({ before, after }: DiffColumn, a: string, b: string): string | undefined {
  if (before === null || after === null) return undefined
  return before === after ? `${a} IS DISTINCT FROM ${b}` : `(${a} IS NULL) <> (${b} IS NULL)`
}
