import { tsvParseRows } from 'd3-dsv'
import { readTyped } from '../../../../../lib/datasets/edit/read-typed'
import type { DatasetColumn, DatasetValue } from '../../../../../lib/protocol/dataset'

/** A value that does not fit: where it was in the block, and why. */
export type PasteProblem = { row: number; column: string; text: string; problem: string }

/** A block of a spreadsheet as values of columns: undefined where a value does not fit. */
export type PastedBlock = { rows: (DatasetValue | undefined)[][]; problems: PasteProblem[] }

/**
 * Reads a block as spreadsheets copy it: tabs between cells, lines between rows. `columns`: those that it covers, from the
 * left; what goes past them is left out. An empty cell is a missing value.
 */
export function readBlock(text: string, columns: DatasetColumn[]): PastedBlock {
  const problems: PasteProblem[] = []
  const rows = tsvParseRows(text.replace(/\r\n?/g, '\n').replace(/\n$/, '')).map((cells, row) =>
    cells.slice(0, columns.length).map((cell, i) => {
      const column = columns[i]!
      if (cell === '') return null
      const typed = readTyped(cell, column)
      if ('value' in typed) return typed.value
      problems.push({ row, column: column.name, text: cell, problem: typed.problem })
      return undefined
    }),
  )
  return { rows, problems }
}
