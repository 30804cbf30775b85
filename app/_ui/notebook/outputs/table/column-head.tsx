import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { CSSProperties, DragEvent, ReactNode } from 'react'
import { useState } from 'react'
import type { TableQuery } from '../../../../../lib/protocol/tables'
import { formatCount } from '../../../units'
import classes from './grid.module.css'
import { Histogram } from './histogram'
import type { Summary } from './use-summaries'

type Props = {
  column: number
  name: string
  type: string
  nulls: number | undefined
  numeric: boolean
  sort: TableQuery['sort']
  summary: Summary | undefined
  /** Whether summaries may come: then there is room for one. */
  live: boolean
  pinned: boolean
  style: CSSProperties
  onSort(adding: boolean): void
  /** Another column was dropped here. */
  onDrop(column: number): void
  menu: ReactNode
}

const dragged = 'application/x-cellar-column'

/** A column's name, which sorts by it, its type, and a picture of what it holds. */
export function ColumnHead(props: Props) {
  const { column, name, type, nulls, numeric, sort, summary, live, pinned, style, onSort, onDrop, menu } =
    props
  const [over, setOver] = useState(false)
  const at = sort.findIndex((each) => each.column === column)
  const sorted = sort[at]
  const Arrow = sorted?.descending ? IconArrowDown : IconArrowUp
  const drag = {
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(dragged)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault()
      setOver(false)
      const from = event.dataTransfer.getData(dragged)
      if (from !== '') onDrop(Number(from))
    },
  }
  return (
    <th
      {...drag}
      scope="col"
      aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined}
      data-number={numeric || undefined}
      data-pinned={pinned || undefined}
      data-over={over || undefined}
      style={style}
    >
      <div className={classes.headTop}>
        <button
          type="button"
          className={classes.name}
          draggable
          onDragStart={(event) => event.dataTransfer.setData(dragged, String(column))}
          onClick={(event) => live && onSort(event.shiftKey)}
          title={live ? `${name}: click to sort, with Shift to sort by it, too` : name}
        >
          <span>{name}</span>
          {sorted && (
            <span className={classes.arrow}>
              <Arrow size={13} />
              {sort.length > 1 && at + 1}
            </span>
          )}
        </button>
        {menu}
      </div>
      <div className={classes.type}>
        {type}
        {nulls ? ` · ${formatCount(nulls)} null` : ''}
      </div>
      {(live || summary) && <Histogram summary={summary} type={type} />}
    </th>
  )
}
