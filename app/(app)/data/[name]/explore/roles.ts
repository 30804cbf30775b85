import type { DatasetColumn } from '../../../../../lib/protocol/dataset'

const names = (columns: readonly DatasetColumn[], fits: (column: DatasetColumn) => boolean) =>
  columns.filter(fits).map(({ name }) => name)

/** Columns of numbers. */
export const numbersOf = (columns: readonly DatasetColumn[]) =>
  names(columns, ({ type }) => type === 'number' || type === 'integer')

/** Columns whose values have an order and distances: numbers and dates. */
export const measuredOf = (columns: readonly DatasetColumn[]) =>
  names(columns, ({ type }) => ['number', 'integer', 'date', 'datetime'].includes(type))

/** Columns that have a place on an axis: all but lists. */
export const placeable = (columns: readonly DatasetColumn[]) =>
  names(columns, ({ type }) => type !== 'numbers')

/** Columns that group rows: those with few known categories first, then other texts and booleans. */
export const groupsOf = (columns: readonly DatasetColumn[]) => [
  ...names(columns, ({ type, categories }) => type === 'text' && categories !== undefined),
  ...names(columns, ({ type }) => type === 'boolean'),
  ...names(columns, ({ type, categories }) => type === 'text' && categories === undefined),
]

/** Columns of images: lists of a fixed height and width, and of colours perhaps. */
export const imagesOf = (columns: readonly DatasetColumn[]) =>
  names(
    columns,
    ({ type, shape = [] }) =>
      type === 'numbers' &&
      (shape.length === 2 || (shape.length === 3 && (shape[2] === 1 || shape[2] === 3))),
  )
