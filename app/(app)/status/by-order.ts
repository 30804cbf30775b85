import { KeyboardCode, type KeyboardCoordinateGetter } from '@dnd-kit/core'

const steps: Record<string, number> = {
  [KeyboardCode.Right]: 1,
  [KeyboardCode.Down]: 1,
  [KeyboardCode.Left]: -1,
  [KeyboardCode.Up]: -1,
}

/**
 * Where an arrow key takes a widget: over the next or the one before in their order. By their places on the screen, as
 * dnd-kit's own getter goes, widgets of different sizes would be jumped over.
 */
export const byOrder =
  (order: string[]): KeyboardCoordinateGetter =>
  (event, { active, context: { over, droppableRects, collisionRect } }) => {
    const step = steps[event.code]
    if (!step || !collisionRect) return undefined
    event.preventDefault()
    const at = order.indexOf(String(over?.id ?? active))
    const target = droppableRects.get(order[at + step] ?? '')
    if (!target) return undefined
    // Centre on centre: the nearest centre is what counts as being over.
    return {
      x: target.left + (target.width - collisionRect.width) / 2,
      y: target.top + (target.height - collisionRect.height) / 2,
    }
  }
