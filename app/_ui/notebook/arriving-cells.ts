import { type CopiedCell, parseCells } from './clipboard'

const key = (notebookId: string) => `cellar.arriving.${notebookId}`

/** Leaves cells for a notebook that this tab opens next, which adds them at its end. */
export function leaveCells(notebookId: string, cells: readonly CopiedCell[]) {
  sessionStorage.setItem(key(notebookId), JSON.stringify(cells))
}

/** The cells that were left for a notebook, once. */
export function takeCells(notebookId: string): CopiedCell[] | undefined {
  try {
    const text = sessionStorage.getItem(key(notebookId))
    if (text === null) return undefined
    sessionStorage.removeItem(key(notebookId))
    return parseCells(text)
  } catch {
    // A forbidden storage holds nothing.
    return undefined
  }
}
