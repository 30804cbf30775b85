import { notifications } from '@mantine/notifications'
import { createElement } from 'react'
import type * as Y from 'yjs'
import { UndoNotice } from '../../undo-notice'

const shownMs = 8000

/** Says that something was done to cells, beside a button that takes it back while nothing else was done to them. */
export function sayWithUndo(message: string, history: Y.UndoManager) {
  const step = history.undoStack.at(-1)
  const undo = () => {
    notifications.hide(id)
    if (history.undoStack.at(-1) === step) history.undo()
  }
  const id = notifications.show({
    color: 'gray',
    autoClose: shownMs,
    message: createElement(UndoNotice, { message, onUndo: undo }),
  })
}
