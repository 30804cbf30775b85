import type { ColumnType } from '../../../lib/protocol/dataset'

/** What a column is in the data set or query that it came from. */
export type SourceType = { type: ColumnType; shape?: number[] }

/** By the column's values themselves: filters, selections and orders of a table share them with it. */
const types = new WeakMap<object, SourceType>()

/** Of a column of arquero, which is an array or an object around one. */
const valuesOf = (column: object) => {
  const { data } = column as { data?: unknown }
  return typeof data === 'object' && data !== null ? data : column
}

/** Keeps what a column of arquero was read from, so that saving it gives the same again. */
export const rememberType = (column: object, type: SourceType) => void types.set(valuesOf(column), type)

/** What is remembered of a column; undefined for one that a cell has made. */
export const sourceTypeOf = (column: object) => types.get(valuesOf(column))
