import { type CSSProperties, type KeyboardEvent, memo, type ReactNode, useRef } from 'react'
import type { TableOutput } from '../../../../../lib/protocol/mime'
import { formatCount } from '../../../units'
import { cellText } from './cell-text'
import classes from './grid.module.css'
import { at, type CellRange, holds, moveRange } from './selection'
import type { Page } from './use-pages'

type Props = {
  table: TableOutput
  page: Page
  /** Columns to draw, the pinned ones first. */
  columns: number[]
  pinned: readonly number[]
  widths: number[]
  /** Rows that the area keeps room for. */
  room: number
  /** Whether the head has room for summaries. */
  summarized: boolean
  loading: boolean
  range: CellRange | undefined
  select(range: CellRange | undefined): void
  turn(step: -1 | 1): void
  copy(event: { preventDefault(): void; clipboardData: DataTransfer }): void
  head(column: number, style: CSSProperties, pinned: boolean): ReactNode
  empty: ReactNode
}

export const isNumeric = (type: string) =>
  /^(number|int|uint|float|double|bigint|hugeint|tinyint|smallint|integer|decimal|real)/i.test(type)

/** The head and the rows of a page; cells are taken with the mouse or with keys, and copied. */
export function Grid(props: Props) {
  const {
    table,
    page,
    columns,
    pinned,
    widths,
    room,
    summarized,
    loading,
    range,
    select,
    turn,
    copy,
    head,
    empty,
  } = props
  const area = useRef<HTMLElement>(null)
  const { places, cells } = page
  const indexWidth = Math.max(44, formatCount(table.rows).length * 7 + 22)
  const lefts = new Map<number, number>()
  let left = indexWidth
  for (const column of columns.filter((each) => pinned.includes(each))) {
    lefts.set(column, left)
    left += widths[column]!
  }
  const whole = indexWidth + columns.reduce((sum, column) => sum + widths[column]!, 0)
  const styleOf = (column: number): CSSProperties => {
    const left = lefts.get(column)
    return left === undefined ? {} : leftOf(left)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== area.current) return
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event
    const mod = ctrlKey || metaKey
    const done = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (key === 'Escape' && range) {
      done()
      return select(undefined)
    }
    if (mod && key === 'a' && cells.length > 0) {
      done()
      return select({
        anchor: { row: 0, column: 0 },
        focus: { row: cells.length - 1, column: columns.length - 1 },
      })
    }
    if (mod || altKey) return
    if (key === 'PageDown' || key === 'PageUp') {
      done()
      return turn(key === 'PageDown' ? 1 : -1)
    }
    const next = moveRange(range, key, { rows: cells.length, columns: columns.length }, shiftKey)
    if (!next) return
    done()
    select(next)
    area.current
      ?.querySelector(`[data-cell="${next.focus.row} ${next.focus.column}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  return (
    <section
      ref={area}
      className={classes.scroll}
      style={{ '--rows': room } as CSSProperties}
      aria-label="Table"
      aria-busy={loading}
      data-loading={loading || undefined}
      data-summarized={summarized || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its cells are reached by keys from here
      tabIndex={0}
      onKeyDown={onKeyDown}
      onCopy={copy}
    >
      <table style={{ width: `max(100%, ${whole}px)` }}>
        <colgroup>
          <col style={{ width: indexWidth }} />
          {columns.map((column) => (
            <col key={column} style={{ width: widths[column] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th className={classes.index} aria-label="Row" />
            {columns.map((column) => head(column, styleOf(column), lefts.has(column)))}
          </tr>
        </thead>
        <tbody>
          {places.map((place, row) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: the next page's rows take the places of these
              key={row}
              table={table}
              row={row}
              place={place}
              cells={cells[row]!}
              asked={page.columns}
              columns={columns}
              lefts={lefts}
              range={range}
              select={select}
            />
          ))}
        </tbody>
      </table>
      {places.length === 0 && !loading && empty}
    </section>
  )
}

/** Where a pinned column stays, unless a narrow page lets it scroll. */
const leftOf = (left: number) => ({ '--left': `${left}px` }) as CSSProperties

type RowProps = Pick<Props, 'table' | 'columns' | 'range' | 'select'> & {
  row: number
  place: number
  cells: Page['cells'][number]
  asked: Page['columns']
  lefts: Map<number, number>
}

const Row = memo(function Row({ table, row, place, cells, asked, columns, lefts, range, select }: RowProps) {
  return (
    <tr>
      <th scope="row" className={classes.index}>
        {formatCount(place + 1)}
      </th>
      {columns.map((column, i) => {
        const type = table.columns[column]!.type
        const value = cells[asked.indexOf(column)]
        const text = value === undefined ? '' : cellText(value, type)
        const here = { row, column: i }
        return (
          <td
            key={column}
            data-cell={`${row} ${i}`}
            data-number={isNumeric(type) || undefined}
            data-null={value === null || undefined}
            data-pinned={lefts.has(column) || undefined}
            data-selected={holds(range, here) || undefined}
            style={lefts.has(column) ? leftOf(lefts.get(column)!) : undefined}
            title={text.length > 24 && value !== null ? String(value) : undefined}
            onMouseDown={(event) => {
              if (event.button !== 0) return
              select(event.shiftKey && range ? { anchor: range.anchor, focus: here } : at(here))
            }}
            onMouseEnter={(event) => {
              if (event.buttons === 1 && range) select({ anchor: range.anchor, focus: here })
            }}
          >
            {text}
          </td>
        )
      })}
    </tr>
  )
})
