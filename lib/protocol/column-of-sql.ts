import type { ColumnType } from './dataset'

const integers = /^(U?(TINY|SMALL|BIG)INT|U?INTEGER)$/
const numbers = /^(FLOAT|DOUBLE|U?HUGEINT|DECIMAL\(.*\))$/

/** What a column of a type of DuckDB's is in a data set. What has no type of its own is text. */
export function columnTypeOf(type: string): ColumnType {
  if (type === 'BOOLEAN') return 'boolean'
  if (integers.test(type)) return 'integer'
  if (numbers.test(type)) return 'number'
  if (type === 'DATE') return 'date'
  if (/^TIMESTAMP/.test(type)) return 'datetime'
  const item = /^(.+)\[\d*\]$/.exec(type)?.[1]
  if (item && (integers.test(item) || numbers.test(item))) return 'numbers'
  return 'text'
}
