import type { Actions } from './actions'
import classes from './grip.module.css'

/** A press that moves less is a press. */
const slack = 5
/** Near the edge of what is seen the page scrolls on, px and px per frame. */
const edge = 56
const fastest = 16

type Dragged = Pick<Actions, 'moveTo'>

/** Follows the pointer from a cell's margin until it is let go; then the cell stands where the line was. Escape ends it. */
export function dragCells(down: PointerEvent, id: string, { moveTo }: Dragged) {
  const scroller = document.querySelector<HTMLElement>('[data-scroller]')
  const list = document.querySelector<HTMLElement>('[data-cells]')
  if (!scroller || !list) return
  let drag: { line: HTMLElement; before: string | undefined } | undefined
  let y = down.clientY
  let frame = 0

  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    y = event.clientY
    if (drag || Math.hypot(event.clientX - down.clientX, y - down.clientY) < slack) return
    const line = document.createElement('div')
    line.className = classes.line!
    list.append(line)
    list.classList.add(classes.dragging!)
    drag = { line, before: undefined }
    frame = requestAnimationFrame(draw)
  }

  const draw = () => {
    if (!drag) return
    const area = scroller.getBoundingClientRect()
    const over = Math.max(area.top + edge - y, 0) - Math.max(y - (area.bottom - edge), 0)
    if (over !== 0) scroller.scrollBy({ top: -Math.sign(over) * Math.min(Math.abs(over) / 3, fastest) })
    const place = placeAt(list, y)
    drag.before = place.before
    drag.line.style.top = `${place.top}px`
    frame = requestAnimationFrame(draw)
  }

  const end = (event: Event) => {
    if (event instanceof PointerEvent && event.pointerId !== down.pointerId) return
    cancelAnimationFrame(frame)
    watching.abort()
    if (!drag) return
    drag.line.remove()
    list.classList.remove(classes.dragging!)
    // The press that ends a drag selects nothing.
    window.addEventListener('click', stop, { capture: true, once: true })
    setTimeout(() => window.removeEventListener('click', stop, { capture: true }))
    if (event.type === 'pointerup') moveTo(id, drag.before)
  }
  const stop = (event: Event) => event.stopPropagation()
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !drag) return
    event.preventDefault()
    event.stopPropagation()
    end(event)
  }

  const watching = new AbortController()
  const { signal } = watching
  window.addEventListener('pointermove', move, { signal })
  window.addEventListener('pointerup', end, { signal })
  window.addEventListener('pointercancel', end, { signal })
  window.addEventListener('keydown', onKey, { signal, capture: true })
}

/** The gap between cells that is nearest to a height on the screen, and the cell below it. */
function placeAt(list: HTMLElement, y: number): { top: number; before: string | undefined } {
  const cells = [...list.querySelectorAll<HTMLElement>('[data-cell-id]')]
  const origin = list.getBoundingClientRect().top
  // Bisection: measuring five hundred cells at each frame is slow.
  let low = 0
  let high = cells.length
  while (low < high) {
    const middle = (low + high) >> 1
    const { top, height } = cells[middle]!.getBoundingClientRect()
    if (y < top + height / 2) high = middle
    else low = middle + 1
  }
  const next = cells[low]
  const above = cells[low - 1]?.getBoundingClientRect()
  const below = next?.getBoundingClientRect()
  const gap =
    above && below ? (above.bottom + below.top) / 2 : below ? below.top - 8 : (above?.bottom ?? 0) + 8
  return { top: gap - origin, before: next?.dataset.cellId }
}
