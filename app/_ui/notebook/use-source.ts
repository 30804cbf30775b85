import { useCallback, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'
import { cellSource, sharedCells } from '../../../lib/notebook/document'
import { useSession } from './context'

/** The shared text of a cell; undefined once the cell is deleted. */
export function useCellText(id: string): Y.Text | undefined {
  const cell = sharedCells(useSession().document).get(id)
  return cell && cellSource(cell)
}

/** A shared text as a string, kept up to date. */
export function useSource(text: Y.Text): string {
  const subscribe = useCallback(
    (listener: () => void) => {
      text.observe(listener)
      return () => text.unobserve(listener)
    },
    [text],
  )
  const read = () => text.toString()
  return useSyncExternalStore(subscribe, read, read)
}
