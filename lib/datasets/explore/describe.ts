import type { DatasetColumn } from '../../protocol/dataset'
import type { Category, Filter } from './filter'
import type { Figure } from './question'

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 })
const year = new Intl.NumberFormat('en', { useGrouping: false })

/** A measured value as people read it: dates without a time of day where they have none. */
export function formatMeasure(value: number, { type }: Pick<DatasetColumn, 'type'>): string {
  if (type !== 'date' && type !== 'datetime') {
    // Years and other small whole numbers read better in one piece.
    return Number.isInteger(value) && Math.abs(value) < 10_000 ? year.format(value) : number.format(value)
  }
  const text = new Date(value).toISOString()
  return type === 'date' || text.endsWith('T00:00:00.000Z')
    ? text.slice(0, 10)
    : text.slice(0, 16).replace('T', ' ')
}

/** A category as people read it. */
export const formatCategory = (value: Category) =>
  value === null ? 'missing' : value === '' ? 'empty' : value

/** A filter in words: `petal_length 1 to 2.5`. */
export function describeFilter(filter: Filter, columns: readonly DatasetColumn[]): string {
  const column = columns.find(({ name }) => name === filter.column)
  switch (filter.kind) {
    case 'missing':
      return `${filter.column} is missing`
    case 'values':
      return `${filter.column} is ${filter.values.map(formatCategory).join(' or ')}`
    case 'range': {
      const say = (value: number) => formatMeasure(value, column ?? { type: 'number' })
      const { from, to, closed } = filter
      if (from === null) return `${filter.column} ${closed ? 'at most' : 'below'} ${say(to ?? 0)}`
      if (to === null) return `${filter.column} at least ${say(from)}`
      // A bar of one whole number stands around it.
      if (column?.type === 'integer' && to - from === 1 && !Number.isInteger(from))
        return `${filter.column} is ${say(from + 0.5)}`
      return `${filter.column} ${say(from)} to ${say(to)}`
    }
  }
}

/** What a figure shows, as a title. */
export function describeFigure(figure: Figure): string {
  switch (figure.kind) {
    case 'attribute':
      return figure.column
    case 'scatter':
      return `${figure.y} by ${figure.x}${figure.colour === null ? '' : `, coloured by ${figure.colour}`}`
    case 'correlation':
      return figure.method === 'pearson' ? 'Correlation (Pearson)' : 'Correlation of ranks (Spearman)'
    case 'boxes':
      return figure.group === null ? `Box plot of ${figure.value}` : `${figure.value} by ${figure.group}`
    case 'gallery':
      return figure.label === null ? figure.images : `${figure.images} by ${figure.label}`
  }
}
