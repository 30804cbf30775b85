export type Sort = { key: string; descending: boolean }

/** A column that can be sorted by: null values come last either way. */
type Sortable<Row> = { key: string; value?: (row: Row) => string | number | null }

/** Rows in the order of a column, numbers in texts by their value; equal ones keep their places. */
export function sortRows<Row>(rows: Row[], columns: Sortable<Row>[], sort: Sort | undefined): Row[] {
  const value = columns.find(({ key }) => key === sort?.key)?.value
  if (!sort || !value) return rows
  const sign = sort.descending ? -1 : 1
  return [...rows].sort((left, right) => {
    const a = value(left)
    const b = value(right)
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return (
      sign * (typeof a === 'string' ? a.localeCompare(String(b), 'en', { numeric: true }) : a - Number(b))
    )
  })
}
