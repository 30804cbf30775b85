import type { ColumnType } from '../../lib/protocol/dataset'

/** How each type of column stands in Parquet. */
export const storedTypes: Record<ColumnType, string> = {
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  number: 'DOUBLE',
  text: 'VARCHAR',
  date: 'DATE',
  datetime: 'TIMESTAMP',
  numbers: 'DOUBLE[]',
}
