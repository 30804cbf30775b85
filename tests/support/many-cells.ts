import { cellOfMany } from '../../bench/page'
import { cellIds, deleteCells, insertCells } from '../../lib/notebook/document'
import type { Browsing } from './browser'
import { newPage } from './page'

/** A new notebook of `count` cells, of text and code. Resolves with its address. */
export async function notebookOfMany({ person, cellar }: Browsing, count: number): Promise<string> {
  const line = await newPage(person, `A notebook of ${count} cells`)
  deleteCells(line.document, cellIds(line.document))
  insertCells(
    line.document,
    0,
    Array.from({ length: count }, (_, i) => cellOfMany(i)),
  )
  await line.saved()
  line.close()
  return `${cellar.origin}/n/${line.notebookId}`
}

/** A cell that prints so many thousand bytes, line by line. */
export const printing = (kilobytes: number) =>
  `const line = 'x'.repeat(999)\nfor (let i = 0; i < ${kilobytes}; i++) console.log(line)`
