import type { DatasetColumn } from '../../../lib/protocol/dataset'
import type { TableFilter, TableQuery } from '../../../lib/protocol/tables'
import { Refused } from '../../../lib/refused'
import { literal, quoted } from '../duck'
import { number } from '../explore/condition'

/** The rows that a query leaves, as a condition of SQL. Columns are named by their place. */
export function queryCondition(columns: DatasetColumn[], { filters, search }: TableQuery): string {
  const parts = filters.map((filter) => `(${one(columnAt(columns, filter.column), filter)})`)
  if (search !== '') {
    const found = columns.filter(({ type }) => type !== 'numbers').map(({ name }) => holdsText(name, search))
    parts.push(`(${found.join(' OR ') || 'false'})`)
  }
  return parts.join(' AND ') || 'true'
}

/** The order that a query asks for; missing values come last, equal rows stay in the order of the version. */
export const queryOrder = (columns: DatasetColumn[], { sort }: TableQuery, last: string): string =>
  [
    ...sort.map(
      ({ column, descending }) =>
        `${quoted(columnAt(columns, column).name)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`,
    ),
    last,
  ].join(', ')

function columnAt(columns: DatasetColumn[], place: number): DatasetColumn {
  const column = columns[place]
  if (!column)
    throw new Refused(400, 'no_column', `the version has ${columns.length} columns, not: ${place + 1}`)
  return column
}

function one({ name, type }: DatasetColumn, filter: TableFilter): string {
  const column = quoted(name)
  switch (filter.op) {
    case 'null':
      return `${column} IS ${filter.not ? 'NOT ' : ''}NULL`
    case 'contains':
      return holdsText(name, filter.text)
    case 'range': {
      const isTime = type === 'date' || type === 'datetime'
      if (!isTime && type !== 'integer' && type !== 'number')
        throw new Refused(400, 'no_range', `a column of ${type} has no ranges: ${name}`)
      const value = isTime ? `epoch_ms(CAST(${column} AS TIMESTAMP))` : column
      const ends = [
        ...(filter.min === undefined ? [] : [`${value} >= ${number(filter.min)}`]),
        ...(filter.max === undefined ? [] : [`${value} <= ${number(filter.max)}`]),
      ]
      return ends.join(' AND ') || `${column} IS NOT NULL`
    }
    case 'in': {
      const there = filter.values.filter((value) => value !== null)
      const text = `CAST(${column} AS VARCHAR)`
      const parts = there.map((value) =>
        typeof value === 'number'
          ? `TRY_CAST(${column} AS DOUBLE) = ${number(value)}`
          : `${text} = ${literal(String(value))}`,
      )
      if (there.length < filter.values.length) parts.push(`${column} IS NULL`)
      return parts.join(' OR ') || 'false'
    }
  }
}

const holdsText = (name: string, text: string) =>
  `contains(lower(CAST(${quoted(name)} AS VARCHAR)), lower(${literal(text)}))`
