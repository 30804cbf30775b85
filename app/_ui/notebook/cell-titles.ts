import { useEffect, useState } from 'react'
import type * as Y from 'yjs'
import { cellIds, cellKind, cellSource, sharedCells } from '../../../lib/notebook/document'
import { useSession } from './context'

/** What a cell is called in lists: its first line that says something. */
export type CellTitle = { id: string; title: string }

/** Titles of all cells, in page order, a moment after they change. */
export function useCellTitles(): readonly CellTitle[] {
  const { document } = useSession()
  const [titles, setTitles] = useState<readonly CellTitle[]>([])
  useEffect(() => watchTitles(document, setTitles), [document])
  return titles
}

function watchTitles(document: Y.Doc, tell: (titles: readonly CellTitle[]) => void): () => void {
  const cells = sharedCells(document)
  let timer: ReturnType<typeof setTimeout> | undefined
  const read = () => {
    timer = undefined
    tell(
      cellIds(document).map((id) => {
        const cell = cells.get(id)!
        return { id, title: titleOf(cellSource(cell).toString(), cellKind(cell) === 'markdown') }
      }),
    )
  }
  const soon = () => {
    timer ??= setTimeout(read, 400)
  }
  read()
  cells.observeDeep(soon)
  return () => {
    clearTimeout(timer)
    cells.unobserveDeep(soon)
  }
}

/** The first line of a cell that says something, without the marks of headings and comments. */
export function titleOf(source: string, isText: boolean): string {
  const line = source.split('\n', 40).find((line) => /[\p{L}\p{N}]/u.test(line)) ?? ''
  const bare = isText
    ? line.replace(/^\s*#{1,6}\s+/, '').replace(/[*_`]/g, '')
    : line.replace(/^\s*\/[/*]+\s*/, '')
  return bare.trim().slice(0, 120)
}
