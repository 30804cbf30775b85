// biome-ignore-all lint/a11y/useSemanticElements: only a part of the table is drawn
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself has the focus
'use client'

import { Skeleton } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { typedText } from '../../../../../lib/datasets/edit/read-typed'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import type { TableQuery } from '../../../../../lib/protocol/tables'
import { bounds, type CellRange, holds } from '../../../../_ui/notebook/outputs/table/selection'
import { formatCount } from '../../../../_ui/units'
import { Value } from '../value'
import { CellEditor } from './cell-editor'
import { gridClipboard } from './clipboard'
import { ColumnMenu } from './column-menu'
import { columnStarts, columnsWithin } from './columns'
import classes from './grid.module.css'
import type { GridActions } from './grid-actions'
import { gridKeyDown } from './grid-key-down'
import type { ShownRow } from './grid-state'
import { movedBy } from './move'
import { cellUnder, useGridPointer } from './use-grid-pointer'
import { useScroll } from './use-scroll'

/** The cell that is edited, and what was typed to begin with. */
export type Editing = { row: number; column: number; typed?: string }

type Props = {
  label: string
  columns: DatasetColumn[]
  widths: number[]
  /** Rows in all, new ones at the end. */
  count: number
  /** A row by its place; undefined while it is read. */
  rowAt: (place: number) => ShownRow | undefined
  onSight: (from: number, to: number) => void
  sort: TableQuery['sort']
  selection: CellRange
  select: (range: CellRange) => void
  editing: Editing | undefined
  edit: (editing: Editing | undefined) => void
  /** Undefined where nothing may be changed. */
  actions: GridActions | undefined
  onLost: (problem: string) => void
  head: {
    sort(column: number, descending: boolean | undefined): void
    filter(column: number): void
    convert?: (column: number) => void
  }
  isWaiting: boolean
}

const headHeight = 46
const numeric = (type: DatasetColumn['type']) => type === 'integer' || type === 'number'
/** Longer lists are edited elsewhere. */
const mostInList = 64

/** Cells as in a spreadsheet: only what is in sight is drawn, so that ten million rows weigh as much as fifty. */
export function Grid(props: Props) {
  const { label, columns, widths, count, rowAt, onSight, sort, selection, select, editing, edit } = props
  const { actions, head, isWaiting, onLost } = props
  const area = useRef<HTMLDivElement>(null)
  const rowHeight = columns.some(({ shape }) => shape?.length === 2) ? 52 : 33
  const gutter = Math.max(52, formatCount(count).length * 8 + 24)
  const { top, bar, left, height, width, drawn, scrollTo, onScroll } = useScroll(
    area,
    count * rowHeight,
    headHeight,
  )
  const starts = useMemo(() => columnStarts(widths), [widths])
  const [fromColumn, toColumn] = columnsWithin(starts, left, left + width - gutter)
  const from = Math.max(0, Math.floor(top / rowHeight) - 4)
  const to = Math.min(count, Math.ceil((top + height) / rowHeight) + 4)

  useEffect(() => onSight(from, to), [onSight, from, to])
  const show = ({ row, column }: CellRange['focus']) => {
    const y = row * rowHeight
    if (y < top) scrollTo(y)
    else if (y + rowHeight > top + height) scrollTo(y + rowHeight - height)
    const element = area.current
    if (!element) return
    const [x, end] = [starts[column]!, starts[column + 1]!]
    if (x < element.scrollLeft) element.scrollLeft = x
    else if (end > element.scrollLeft + width - gutter) element.scrollLeft = end - (width - gutter)
  }
  // A field that closes leaves the focus nowhere; keys go on in the grid.
  const wasEditing = useRef(false)
  useEffect(() => {
    if (wasEditing.current && !editing) area.current?.focus({ preventScroll: true })
    wasEditing.current = editing !== undefined
  }, [editing])

  // A new row is edited before it was ever in sight.
  const reveal = useRef(show)
  reveal.current = show
  useEffect(() => {
    if (editing) reveal.current({ row: editing.row, column: editing.column })
  }, [editing])

  const page = Math.max(1, Math.floor(height / rowHeight) - 1)
  const go = (range: CellRange) => {
    select(range)
    show(range.focus)
  }
  const mayEdit = (place: number, column: number) => {
    const row = rowAt(place)
    const { type, shape = [] } = columns[column]!
    const isLong = type === 'numbers' && shape.reduce((product, size) => product * size, 1) > mostInList
    return actions !== undefined && row !== undefined && row.state !== 'deleted' && !isLong
  }
  const begin = (typed?: string) => {
    const { row, column } = selection.focus
    if (mayEdit(row, column)) edit({ row, column, ...(typed !== undefined && { typed }) })
  }

  const onKeyDown = gridKeyDown({
    ...{ area, count, columns: columns.length, page, selection, select, actions },
    begin,
    go,
  })
  const clipboard = gridClipboard({ area, rowAt, selection, isEditing: editing !== undefined, actions })
  const pointer = useGridPointer({ columns: columns.length, selection, select })

  const offset = top - bar
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
  const across = Array.from({ length: toColumn - fromColumn }, (_, i) => fromColumn + i)
  const id = (row: number, column: number) => `cell-${row}-${column}`

  return (
    <div
      ref={area}
      role="grid"
      className={classes.area}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-multiselectable
      aria-readonly={actions === undefined}
      aria-busy={isWaiting}
      aria-activedescendant={count > 0 ? id(selection.focus.row, selection.focus.column) : undefined}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      {...clipboard}
      {...pointer}
      onDoubleClick={(event) => cellUnder(event) && begin()}
      style={{ '--row': `${rowHeight}px`, '--gutter': `${gutter}px` } as never}
    >
      <div style={{ height: drawn + headHeight, width: gutter + starts.at(-1)! }} className={classes.whole}>
        <div role="row" aria-rowindex={1} className={classes.head} style={{ height: headHeight }}>
          <span className={classes.corner} />
          {across.map((column) => (
            <ColumnMenu
              key={column}
              index={column}
              column={columns[column]!}
              style={{ left: gutter + starts[column]!, width: widths[column] }}
              numeric={numeric(columns[column]!.type)}
              sort={sort.find((each) => each.column === column)}
              onSort={(descending) => head.sort(column, descending)}
              onFilter={() => head.filter(column)}
              onConvert={head.convert && (() => head.convert!(column))}
            />
          ))}
        </div>
        {shown.map((place) => {
          const row = rowAt(place)
          return (
            <div
              key={place}
              role="row"
              aria-rowindex={place + 2}
              aria-selected={holdsRow(selection, place)}
              data-state={row?.state}
              className={classes.row}
              style={{ transform: `translateY(${headHeight + place * rowHeight - offset}px)` }}
            >
              <span role="rowheader" data-cell={`${place} -1`} className={classes.gutter}>
                {formatCount(place + 1)}
                {row && row.state !== 'same' && <span className={classes.unseen}> {row.state}</span>}
              </span>
              {across.map((column) => {
                const { name, type } = columns[column]!
                const isEdited = editing?.row === place && editing.column === column
                const isChanged =
                  row?.state === 'changed' && row.values[column] !== row.before[column] ? true : undefined
                return (
                  <div
                    key={column}
                    id={id(place, column)}
                    role="gridcell"
                    aria-colindex={column + 1}
                    aria-selected={holds(selection, { row: place, column })}
                    data-cell={`${place} ${column}`}
                    data-focus={
                      selection.focus.row === place && selection.focus.column === column ? true : undefined
                    }
                    data-changed={isChanged}
                    data-editing={isEdited || undefined}
                    title={isChanged ? `was ${typedText(row!.before[column]!) || 'missing'}` : undefined}
                    className={numeric(type) ? `${classes.cell} ${classes.numeric}` : classes.cell}
                    style={{ left: gutter + starts[column]!, width: widths[column] }}
                  >
                    {!row ? (
                      <Skeleton height={10} width="60%" />
                    ) : isEdited ? (
                      <CellEditor
                        key={name}
                        column={columns[column]!}
                        value={row.values[column]!}
                        typed={editing.typed}
                        onDone={(value, key) => {
                          edit(undefined)
                          actions!.set(place, column, value)
                          const next =
                            key &&
                            movedBy(
                              selection,
                              { ...key, key: key.key, shiftKey: key.shiftKey, mod: false },
                              { rows: count, columns: columns.length, page },
                            )
                          if (next) go(next)
                        }}
                        onCancel={(problem) => {
                          edit(undefined)
                          if (problem) onLost(problem)
                        }}
                      />
                    ) : (
                      <Value value={row.values[column]!} column={columns[column]!} />
                    )}
                  </div>
                )
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function holdsRow(range: CellRange, row: number): boolean {
  const { top, bottom } = bounds(range)
  return row >= top && row < bottom
}
