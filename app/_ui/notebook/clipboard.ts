import { z } from 'zod'
import type { Cell } from '../../../lib/notebook/document'
import { formatPercent, parsePercent } from '../../../lib/notebook/percent'
import { isResultName } from '../../../lib/notebook/sql/result-name'

/** A cell as it is cut or copied. */
export type CopiedCell = Omit<Cell, 'id'>

/** Cells on the system clipboard, beside their text. */
const type = 'application/vnd.cellar.cells+json'
const key = 'cellar.cells'
const copiedCells = z.array(
  z.object({
    kind: z.enum(['code', 'markdown', 'sql']),
    source: z.string(),
    result: z.string().refine(isResultName).optional(),
  }),
)

/** What other programs get: the code of one cell, a notebook file of several. */
export const asText = (cells: readonly CopiedCell[]) =>
  cells.length === 1 ? cells[0]!.source : formatPercent([...cells])

/** What of a clipboard becomes cells: cells as they were copied, a notebook file, or any text as one code cell. */
export function cellsFrom(data: Pick<DataTransfer, 'getData'>): CopiedCell[] {
  const cells = parseCells(data.getData(type))
  if (cells) return cells
  const text = data.getData('text/plain').replace(/\r\n?/g, '\n')
  if (text.trim() === '') return []
  if (!/^\/\/ ?%%/m.test(text)) return [{ kind: 'code', source: text.replace(/\n+$/, '') }]
  return parsePercent(text).map(({ id: _, ...cell }) => cell)
}

/** Puts cells on the clipboard of a `copy` or `cut` event. */
export function writeCells(data: Pick<DataTransfer, 'setData'>, cells: readonly CopiedCell[]) {
  data.setData(type, JSON.stringify(cells))
  data.setData('text/plain', asText(cells))
}

// The keys C, X and V need no leave to read the system clipboard, and reach from one notebook's tab to the other.
let kept: CopiedCell[] | undefined

/** Keeps cells for the key V of this and every other notebook, and their text for other programs. */
export function keepCells(cells: CopiedCell[]) {
  kept = cells
  try {
    localStorage.setItem(key, JSON.stringify(cells))
  } catch {
    // Too large, or forbidden: this tab still has them.
  }
  // Only pages of a secure address may, and only while they have the focus.
  void navigator.clipboard?.writeText(asText(cells)).catch(() => {})
}

/** The cells that were cut or copied last, in whichever notebook. */
export function keptCells(): CopiedCell[] | undefined {
  try {
    return parseCells(localStorage.getItem(key) ?? '') ?? kept
  } catch {
    return kept
  }
}

/** Cells from their JSON; undefined where it holds none. */
export function parseCells(text: string): CopiedCell[] | undefined {
  if (text === '') return
  try {
    return copiedCells.safeParse(JSON.parse(text)).data
  } catch {
    return
  }
}
