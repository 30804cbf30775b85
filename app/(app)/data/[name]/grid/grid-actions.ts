import type { DatasetColumn, DatasetValue } from '../../../../../lib/protocol/dataset'
import { bounds, type CellRange } from '../../../../_ui/notebook/outputs/table/selection'
import { say, sayFailure } from '../../../../_ui/notices'
import { formatCount } from '../../../../_ui/units'
import type { ShownRow } from './grid-state'
import { readBlock } from './paste'
import { addRows, type CellEdit, deleteRows, keepRows, setCells } from './pending'
import type { PendingEdits } from './use-pending'

type Options = {
  columns: DatasetColumn[]
  /** Rows in all, new ones at the end. */
  count: number
  rowAt: (place: number) => ShownRow | undefined
  edits: Pick<PendingEdits, 'edit' | 'undo' | 'redo'>
  select: (range: CellRange) => void
}

/** What a person may do to the cells of a grid. */
export type GridActions = {
  set(place: number, column: number, value: DatasetValue): void
  clear(range: CellRange): void
  paste(range: CellRange, text: string): void
  /** Deletes rows, or keeps them again where all of them are deleted. */
  toggleDeleted(range: CellRange): void
  undo(): void
  redo(): void
}

/** Rows that a block may paste or clear at once. */
const mostAtOnce = 20_000

/** Changes of cells and rows, each one step of undo. Rows that were not read yet are left out, and that is said. */
export function gridActions({ columns, count, rowAt, edits, select }: Options): GridActions {
  const within = (range: CellRange) => {
    const { top, bottom, left, right } = bounds(range)
    const places = Array.from({ length: Math.min(bottom - top, mostAtOnce) }, (_, i) => top + i)
    const found = places.flatMap((place) => rowAt(place) ?? [])
    const missed = Math.min(bottom, count) - top - found.length
    if (missed > 0)
      say(`${formatCount(missed)} rows were not read yet and are left out; scroll to them and try again.`)
    return { rows: found, columns: columns.slice(left, right), left }
  }
  return {
    set(place: number, column: number, value: DatasetValue) {
      const row = rowAt(place)
      const { name } = columns[column]!
      if (row)
        edits.edit((now) =>
          setCells(now, [{ row: row.row, column: name, before: row.before[column]!, after: value }]),
        )
    },
    clear(range: CellRange) {
      const found = within(range)
      const cells = found.rows
        .filter(({ state }) => state !== 'deleted')
        .flatMap(({ row, before }) =>
          found.columns.map(
            ({ name }, i): CellEdit => ({ row, column: name, before: before[found.left + i]!, after: null }),
          ),
        )
      edits.edit((now) => setCells(now, cells))
    },
    paste(range: CellRange, text: string) {
      const { top, left } = bounds(range)
      const covered = columns.slice(left)
      const block = readBlock(text, covered)
      if (block.rows.length > mostAtOnce)
        return sayFailure(
          'Nothing was pasted',
          `at most ${formatCount(mostAtOnce)} rows at once: ${formatCount(block.rows.length)}`,
        )
      const unread = block.rows.findIndex((_, i) => top + i < count && !rowAt(top + i))
      if (unread >= 0)
        return sayFailure(
          'Nothing was pasted',
          `the block reaches rows that were not read yet, scroll through them first: row ${formatCount(top + unread + 1)}`,
        )
      const cells: CellEdit[] = []
      const fresh: Record<string, DatasetValue>[] = []
      for (const [i, values] of block.rows.entries()) {
        const place = top + i
        const row = rowAt(place)
        const given = values.flatMap((value, at) => (value === undefined ? [] : [{ value, at }]))
        if (row && row.state !== 'deleted')
          for (const { value, at } of given)
            cells.push({
              row: row.row,
              column: covered[at]!.name,
              before: row.before[left + at]!,
              after: value,
            })
        // A block that is longer than the table adds rows.
        else if (place >= count)
          fresh.push(Object.fromEntries(given.map(({ value, at }) => [covered[at]!.name, value])))
      }
      edits.edit((now) => addRows(setCells(now, cells), fresh))
      select({
        anchor: { row: top, column: left },
        focus: {
          row: Math.min(count + fresh.length, top + block.rows.length) - 1,
          column: Math.min(columns.length, left + (block.rows[0]?.length ?? 1)) - 1,
        },
      })
      const [problem] = block.problems
      if (problem)
        sayFailure(
          `${formatCount(block.problems.length)} pasted ${block.problems.length === 1 ? 'value does' : 'values do'} not fit and ${block.problems.length === 1 ? 'is' : 'are'} left out`,
          `${problem.problem}: ${problem.column}, line ${problem.row + 1}: ${problem.text.slice(0, 60)}`,
        )
    },
    toggleDeleted(range: CellRange) {
      const found = within(range).rows
      const ids = found.map(({ row }) => row)
      const areDeleted = found.every(({ state }) => state === 'deleted')
      edits.edit((now) => (areDeleted ? keepRows(now, ids) : deleteRows(now, ids)))
    },
    undo: () => edits.undo?.(),
    redo: () => edits.redo?.(),
  }
}
