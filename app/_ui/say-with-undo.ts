'use client'

import { notifications } from '@mantine/notifications'
import { createElement } from 'react'
import { UndoNotice } from './undo-notice'

const shownMs = 10_000

/** Says what was done, beside a button that takes it back. */
export function sayWithUndo(message: string, undo: () => unknown) {
  const id = notifications.show({
    color: 'gray',
    autoClose: shownMs,
    message: createElement(UndoNotice, {
      message,
      onUndo() {
        notifications.hide(id)
        undo()
      },
    }),
  })
}
