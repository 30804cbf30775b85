'use client'

import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type HTMLAttributes, type ReactNode, useMemo, useState } from 'react'
import classes from './data-table.module.css'
import { type Sort, sortRows } from './sort-rows'

export type Column<Row> = {
  key: string
  title: string
  /** Stands in the header instead of the title. */
  head?: ReactNode
  render: (row: Row) => ReactNode
  /** What it is sorted by; without it the column is not sortable. Null sorts last. */
  value?: (row: Row) => string | number | null
  /** Numbers stand right. */
  numeric?: boolean
  width?: number | string
  /** Left out below 768 px. */
  wide?: boolean
}

type Props<Row> = {
  /** What the table holds, for a screen reader. */
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** What else a row's element gets. */
  rowProps?: (row: Row) => HTMLAttributes<HTMLTableRowElement>
  sort?: Sort
  /** Pixels; a longer table scrolls inside of itself, its header stays. */
  maxHeight?: number
  /** In place of rows when there are none. */
  empty?: ReactNode
}

/** A table whose columns sort; on a narrow page it scrolls inside of itself. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowProps,
  sort: initial,
  maxHeight,
  empty,
}: Props<Row>) {
  const [sort, setSort] = useState(initial)
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort])
  if (rows.length === 0 && empty) return <div className={classes.frame}>{empty}</div>
  const press = (key: string) =>
    setSort((now) => (now?.key === key ? { key, descending: !now.descending } : { key, descending: false }))
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={classes.scroll} style={{ maxHeight }} tabIndex={0} aria-label={label}>
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map(({ key, title, head, value, numeric, width, wide }) => (
                <th
                  key={key}
                  scope="col"
                  style={{ width }}
                  className={cellClass(numeric, wide)}
                  aria-sort={sort?.key === key ? (sort.descending ? 'descending' : 'ascending') : undefined}
                >
                  {value ? (
                    <SortButton
                      title={title}
                      sort={sort?.key === key ? sort : undefined}
                      onPress={() => press(key)}
                    />
                  ) : (
                    head || title || <span className={classes.unseen}>Actions</span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={rowKey(row)} {...rowProps?.(row)}>
                {columns.map(({ key, render, numeric, wide }) => (
                  <td key={key} className={cellClass(numeric, wide)}>
                    {render(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

const cellClass = (numeric = false, wide = false) =>
  [numeric && classes.numeric, wide && classes.wide].filter(Boolean).join(' ')

type SortButtonProps = {
  title: string
  /** Where rows stand by this column, else undefined. */
  sort: Sort | undefined
  /** To a screen reader, where the title alone does not say it. */
  label?: string
  onPress: () => void
}

/** A column's title that sorts by it; for columns whose order is asked of a server it is their `head`. */
export function SortButton({ title, sort, label, onPress }: SortButtonProps) {
  const Icon = sort?.descending ? IconArrowDown : IconArrowUp
  return (
    <button type="button" className={classes.sort} aria-label={label} onClick={onPress}>
      {title}
      <Icon size={13} stroke={2} className={sort ? classes.mark : classes.faint} aria-hidden />
    </button>
  )
}

/** A line in a cell that stands, below 768 px only, for a column that is left out there. */
export const Narrow = ({ children }: { children: ReactNode }) => (
  <span className={classes.narrow}>{children}</span>
)
