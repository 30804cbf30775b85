import type { TableFilter, TableQuery } from '../../../../../lib/protocol/tables'

type Sort = TableQuery['sort']

/** The next of upwards, downwards, not at all. `adding`: beside the columns that are sorted by already. */
export function toggleSort(sort: Sort, column: number, adding: boolean): Sort {
  const present = sort.find((each) => each.column === column)
  if (!adding) {
    const alone = sort.length === 1 ? present : undefined
    if (alone?.descending) return []
    return [{ column, descending: alone !== undefined }]
  }
  if (!present) return [...sort, { column, descending: false }]
  if (present.descending) return sort.filter((each) => each !== present)
  return sort.map((each) => (each === present ? { column, descending: true } : each))
}

/** Adds a filter, in place of that at `index` if one is given. */
export const putFilter = (filters: TableFilter[], filter: TableFilter, index?: number): TableFilter[] =>
  index === undefined ? [...filters, filter] : filters.map((before, i) => (i === index ? filter : before))

/** Whether a query leaves all rows. */
export const leavesAll = ({ filters, search }: TableQuery) => filters.length === 0 && search === ''

/** What a filter says, after its column's name. */
export function filterText(filter: TableFilter, isTime: boolean): string {
  switch (filter.op) {
    case 'range': {
      const text = (value: number) =>
        isTime ? new Date(value).toISOString().slice(0, 16).replace('T', ' ') : String(value)
      const { min, max } = filter
      if (min === undefined) return `≤ ${text(max!)}`
      if (max === undefined) return `≥ ${text(min)}`
      return min === max ? `= ${text(min)}` : `${text(min)} – ${text(max)}`
    }
    case 'contains':
      return `contains “${filter.text}”`
    case 'in': {
      const shown = filter.values.slice(0, 3).map((value) => (value === null ? 'null' : String(value)))
      const more = filter.values.length - shown.length
      return `is ${shown.join(' or ')}${more > 0 ? ` or ${more} more` : ''}`
    }
    case 'null':
      return filter.not ? 'is not null' : 'is null'
  }
}
