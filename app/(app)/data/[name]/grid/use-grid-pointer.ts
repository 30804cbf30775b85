import { type MouseEvent, type PointerEvent, useRef } from 'react'
import type { CellRange } from '../../../../_ui/notebook/outputs/table/selection'

type Options = { columns: number; selection: CellRange; select: (range: CellRange) => void }

/** The cell that an event is in, by its `data-cell`; column -1 is the row's number. */
export function cellUnder({ target }: MouseEvent): CellRange['focus'] | undefined {
  const at = (target as HTMLElement).closest<HTMLElement>('[data-cell]')?.dataset.cell
  if (!at) return undefined
  const [row, column] = at.split(' ').map(Number)
  return { row: row!, column: column! }
}

/** A press selects a cell or, on its number, a row; with Shift, and by dragging a mouse, all up to there. */
export function useGridPointer({ columns, selection, select }: Options) {
  const dragging = useRef(false)
  const onPointerDown = (event: PointerEvent) => {
    const place = cellUnder(event)
    if (!place || event.button !== 0) return
    const isRow = place.column === -1
    const focus = isRow ? { row: place.row, column: 0 } : place
    const anchor = event.shiftKey ? selection.anchor : isRow ? { row: place.row, column: columns - 1 } : place
    select({ anchor, focus })
    dragging.current = !isRow && event.pointerType === 'mouse'
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!dragging.current || event.buttons !== 1) return
    const place = cellUnder(event)
    if (!place || place.column === -1) return
    const { focus } = selection
    if (place.row !== focus.row || place.column !== focus.column)
      select({ anchor: selection.anchor, focus: place })
  }
  return { onPointerDown, onPointerMove }
}
