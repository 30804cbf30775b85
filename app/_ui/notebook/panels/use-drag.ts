import type { KeyboardEvent, PointerEvent } from 'react'

const byKey = 16

/** What a separator needs so that the pointer or the arrow keys move it. `direction`: what moving right adds, 1 or -1. */
export const useDrag = (width: number, direction: 1 | -1, onWidth: (width: number) => void) => ({
  onPointerDown(event: PointerEvent<HTMLElement>) {
    const from = event.clientX
    const handle = event.currentTarget
    handle.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent) => onWidth(width + direction * (moved.clientX - from))
    handle.addEventListener('pointermove', move)
    const end = () => handle.removeEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', end, { once: true })
  },
  onKeyDown({ key }: KeyboardEvent) {
    if (key === 'ArrowLeft') onWidth(width - direction * byKey)
    if (key === 'ArrowRight') onWidth(width + direction * byKey)
  },
})
