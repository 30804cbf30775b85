'use client'

import { notifications } from '@mantine/notifications'
import { createElement } from 'react'
import { UndoNotice } from './undo-notice'

const graceMs = 6000

/**
 * Does something after a few seconds in which a notice offers to take it back; at once when the page goes away.
 * `done` must be able to run while the page closes (`fetch` with `keepalive`).
 */
export function undoable(message: string, done: () => void, undo: () => void) {
  let settled = false
  const settle = (act: () => void) => {
    if (settled) return
    settled = true
    window.removeEventListener('pagehide', finish)
    clearTimeout(timer)
    notifications.hide(id)
    act()
  }
  const finish = () => settle(done)
  const timer = setTimeout(finish, graceMs)
  window.addEventListener('pagehide', finish)
  const id = notifications.show({
    color: 'gray',
    autoClose: false,
    withCloseButton: false,
    message: createElement(UndoNotice, { message, onUndo: () => settle(undo) }),
  })
}
