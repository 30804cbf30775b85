import { maxAskedColumns } from '../../../../../lib/protocol/limits'

/** How a person has laid out a table's columns. Columns are named by their place in the table. */
export type Layout = {
  /** All columns, the pinned ones too. */
  order: readonly number[]
  hidden: ReadonlySet<number>
  /** These stand first, and stay when the rest scrolls sideways. */
  pinned: readonly number[]
}

/** As the table has them; of hundreds only the first are shown until a person asks for others. */
export const initialLayout = (columns: number): Layout => ({
  order: Array.from({ length: columns }, (_, i) => i),
  hidden: new Set(
    Array.from({ length: Math.max(0, columns - maxAskedColumns) }, (_, i) => maxAskedColumns + i),
  ),
  pinned: [],
})

/** The columns to draw, in their order. */
export function shownColumns({ order, hidden, pinned }: Layout): number[] {
  const shown = (column: number) => !hidden.has(column)
  return [...pinned.filter(shown), ...order.filter((column) => shown(column) && !pinned.includes(column))]
}

export function setShown(layout: Layout, columns: readonly number[], shown: boolean): Layout {
  const hidden = new Set(layout.hidden)
  for (const column of columns) {
    if (shown) hidden.delete(column)
    else hidden.add(column)
  }
  return { ...layout, hidden }
}

export const setPinned = (layout: Layout, column: number, pinned: boolean): Layout => {
  const rest = layout.pinned.filter((each) => each !== column)
  return { ...layout, pinned: pinned ? [...rest, column] : rest }
}

/** Puts a column to where another stands, which makes room; among the pinned ones if that is one of them. */
export function moveTo(layout: Layout, column: number, target: number): Layout {
  if (column === target) return layout
  const isPinned = layout.pinned.includes(target)
  const pinned = layout.pinned.includes(column) === isPinned ? layout : setPinned(layout, column, isPinned)
  return {
    ...pinned,
    order: moved(pinned.order, column, target),
    pinned: isPinned ? moved(pinned.pinned, column, target) : pinned.pinned,
  }
}

/** Puts a column one place to the left or right among the shown ones of its part. */
export function moveBy(layout: Layout, column: number, step: -1 | 1): Layout {
  const target = neighbour(layout, column, step)
  return target === undefined ? layout : moveTo(layout, column, target)
}

/** The shown column beside this one, pinned as it is. */
export function neighbour(layout: Layout, column: number, step: -1 | 1): number | undefined {
  const isPinned = (each: number) => layout.pinned.includes(each)
  const alike = shownColumns(layout).filter((each) => isPinned(each) === isPinned(column))
  return alike[alike.indexOf(column) + step]
}

function moved(columns: readonly number[], column: number, target: number): number[] {
  const to = columns.indexOf(target)
  const rest = columns.filter((each) => each !== column)
  return [...rest.slice(0, to), column, ...rest.slice(to)]
}
