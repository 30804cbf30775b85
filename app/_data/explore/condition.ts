import type { Category, Filter } from '../../../lib/datasets/explore/filter'
import { literal, quoted } from '../duck'
import { columnOf, type Source } from './source'
import { category, measure } from './values'

/** The rows that all filters leave, as a condition of SQL. */
export function conditionOf(source: Source, filters: readonly Filter[]): string {
  if (filters.length === 0) return 'true'
  return filters.map((filter) => `(${one(source, filter)})`).join(' AND ')
}

function one(source: Source, filter: Filter): string {
  const column = columnOf(source, filter.column)
  switch (filter.kind) {
    case 'missing':
      return `${quoted(column.name)} IS NULL`
    case 'values':
      return isOneOf(category(column), filter.values)
    case 'range': {
      const value = `(${measure(column)})`
      const ends = [
        ...(filter.from === null ? [] : [`${value} >= ${number(filter.from)}`]),
        ...(filter.to === null ? [] : [`${value} ${filter.closed ? '<=' : '<'} ${number(filter.to)}`]),
      ]
      return ends.length === 0 ? `${value} IS NOT NULL` : ends.join(' AND ')
    }
  }
}

/** Whether the text `expression` is one of these values; null: missing. */
export function isOneOf(expression: string, values: readonly Category[]): string {
  const texts = values.flatMap((value) => (value === null ? [] : [literal(value)]))
  const parts = [
    ...(texts.length > 0 ? [`${expression} IN (${texts.join(', ')})`] : []),
    ...(values.includes(null) ? [`${expression} IS NULL`] : []),
  ]
  return parts.length === 0 ? 'false' : parts.join(' OR ')
}

/** A finite number exactly as it is: a literal with a point would be a DECIMAL, and compare as one. */
export const number = (value: number) => `'${value}'::DOUBLE`
