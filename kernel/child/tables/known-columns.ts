import type { KnownColumn } from '../../../lib/protocol/dataset-save'
import type { ColumnTable } from './column-table'

/**
 * What a table's columns are where they came from. JavaScript's own numbers are whole ones where all of them are, as in a
 * file of text; a typed array says itself what its are.
 */
export const knownColumnsOf = ({ columns }: ColumnTable): KnownColumn[] =>
  columns.map(({ source, type }) => source ?? (type === 'number' ? { type: 'integer' } : null))
