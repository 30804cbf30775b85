import type { KeyboardEvent, RefObject } from 'react'
import type { CellRange } from '../../../../_ui/notebook/outputs/table/selection'
import type { GridActions } from './grid-actions'
import { movedBy } from './move'

type Options = {
  area: RefObject<HTMLDivElement | null>
  /** Rows and columns in all, and rows that a page down goes. */
  count: number
  columns: number
  page: number
  selection: CellRange
  select: (range: CellRange) => void
  /** Selects, and brings it into sight. */
  go: (range: CellRange) => void
  /** Edits the cell that has the focus; `typed` replaces what it holds. */
  begin: (typed?: string) => void
  /** Undefined where nothing may be changed. */
  actions: GridActions | undefined
}

/** The keys of a spreadsheet, while the grid itself has the focus. */
export function gridKeyDown(options: Options) {
  const { area, count, columns, page, selection, select, go, begin, actions } = options
  return (event: KeyboardEvent) => {
    if (event.target !== area.current || count === 0) return
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event
    const mod = ctrlKey || metaKey
    const done = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (mod && !altKey && key.toLowerCase() === 'z' && actions) {
      done()
      return shiftKey ? actions.redo() : actions.undo()
    }
    if (mod && !altKey && key.toLowerCase() === 'y' && actions) {
      done()
      return actions.redo()
    }
    if (mod && key === '-' && actions) {
      done()
      return actions.toggleDeleted(selection)
    }
    if (mod && key === 'a') {
      done()
      return select({ anchor: { row: 0, column: 0 }, focus: { row: count - 1, column: columns - 1 } })
    }
    if (altKey) return
    if ((key === 'Enter' && !shiftKey) || key === 'F2') {
      done()
      return begin()
    }
    if (key === 'Escape') {
      done()
      return select({ anchor: selection.focus, focus: selection.focus })
    }
    if (key === 'Delete' && actions) {
      done()
      return actions.clear(selection)
    }
    if (key === 'Backspace') {
      done()
      return begin('')
    }
    // Past the last column Tab leaves the grid, as it leaves any field.
    const isOut = key === 'Tab' && selection.focus.column === (shiftKey ? 0 : columns - 1)
    const next = isOut
      ? undefined
      : movedBy(selection, { key, shiftKey, mod }, { rows: count, columns, page })
    if (next) {
      done()
      return go(next)
    }
    if (key.length === 1 && !mod) {
      done()
      begin(key)
    }
  }
}
