import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { Refused } from '../../../lib/refused'
import { quoted } from '../duck'

/** Whether a column's values have an order and distances: numbers, and dates as milliseconds. */
export const isMeasured = ({ type }: DatasetColumn) =>
  type === 'integer' || type === 'number' || type === 'date' || type === 'datetime'

/** How the edges of a column's histogram are chosen. */
export const edgeKind = ({ type }: DatasetColumn) =>
  type === 'integer' ? 'integer' : type === 'number' ? 'number' : 'time'

/** A measured column as finite numbers; null: missing, NaN or infinite. */
export function measure(column: DatasetColumn): string {
  const name = quoted(column.name)
  switch (column.type) {
    case 'integer':
      return `${name}::DOUBLE`
    case 'number':
      return `CASE WHEN isfinite(${name}) THEN ${name} END`
    case 'date':
    case 'datetime':
      return `CASE WHEN isfinite(${name}) THEN epoch_ms(${name}::TIMESTAMP)::DOUBLE END`
    default:
      throw new Refused(400, 'not_measured', `this needs a column of numbers or dates: ${column.name}`)
  }
}

/** A column as text, for groups and colours. */
export function category(column: DatasetColumn): string {
  if (column.type === 'numbers')
    throw new Refused(400, 'lists', `a column of lists has no categories: ${column.name}`)
  return column.type === 'text' ? quoted(column.name) : `${quoted(column.name)}::VARCHAR`
}

/** What is no finite number, as JSON has it. */
export const finite = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
