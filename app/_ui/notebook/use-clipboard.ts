import { useEffect } from 'react'
import type { Actions } from './actions'
import { cellsFrom, writeCells } from './clipboard'
import { useSession } from './context'

/** The system's cut, copy and paste act on the selected cells, unless a text is selected or written. */
export function useClipboard(actions: Actions) {
  const { store } = useSession()
  useEffect(() => {
    const isOfCells = ({ target }: Event) =>
      store.get().mode === 'command' &&
      !(
        target instanceof HTMLElement && target.closest('input, textarea, [contenteditable], [role="dialog"]')
      )
    const take = (event: ClipboardEvent) => {
      if (!isOfCells(event) || !(window.getSelection()?.isCollapsed ?? true) || !event.clipboardData) return
      const cells = actions.copied()
      if (cells.length === 0) return
      event.preventDefault()
      writeCells(event.clipboardData, cells)
      actions.keep(cells)
      if (event.type === 'cut') actions.remove()
    }
    const paste = (event: ClipboardEvent) => {
      const cells = event.clipboardData && isOfCells(event) ? cellsFrom(event.clipboardData) : []
      if (cells.length === 0) return
      event.preventDefault()
      actions.paste('below', cells)
    }
    document.addEventListener('copy', take)
    document.addEventListener('cut', take)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', take)
      document.removeEventListener('cut', take)
      document.removeEventListener('paste', paste)
    }
  }, [store, actions])
}
