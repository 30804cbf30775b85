import type { ClipboardEvent, RefObject } from 'react'
import { typedText } from '../../../../../lib/datasets/edit/read-typed'
import { bounds, type CellRange, toTsv } from '../../../../_ui/notebook/outputs/table/selection'
import type { GridActions } from './grid-actions'
import type { ShownRow } from './grid-state'

type Options = {
  area: RefObject<HTMLDivElement | null>
  rowAt: (place: number) => ShownRow | undefined
  selection: CellRange
  /** A field has the clipboard for itself. */
  isEditing: boolean
  /** Undefined where nothing may be changed. */
  actions: GridActions | undefined
}

/** Copies and pastes blocks as spreadsheets do: lines of cells with tabs between them. */
export function gridClipboard({ area, rowAt, selection, isEditing, actions }: Options) {
  const onCopy = (event: ClipboardEvent) => {
    if (event.target !== area.current && !area.current?.contains(event.target as Node)) return
    if (isEditing) return
    const { top, bottom } = bounds(selection)
    const cells = Array.from({ length: Math.min(bottom - top, 10_000) }, (_, i) => rowAt(top + i)).flatMap(
      (row) => (row ? [row.values.map((value) => (value === null ? null : typedText(value)))] : []),
    )
    event.preventDefault()
    const shifted: CellRange = {
      anchor: { row: 0, column: selection.anchor.column },
      focus: { row: cells.length - 1, column: selection.focus.column },
    }
    // A block goes back where it came from: names of columns would be a row of it.
    const text = toTsv(shifted, [], cells)
    event.clipboardData.setData('text/plain', cells.length > 1 ? text.slice(text.indexOf('\n') + 1) : text)
  }
  const onPaste = (event: ClipboardEvent) => {
    if (!actions || isEditing) return
    event.preventDefault()
    actions.paste(selection, event.clipboardData.getData('text/plain'))
  }
  return { onCopy, onPaste }
}
