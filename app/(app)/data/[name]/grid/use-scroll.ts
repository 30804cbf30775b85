import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Browsers draw nothing that is higher than this, pixels; Firefox gives up at 17.9 million. */
const highest = 15_000_000

export type Scrolled = {
  /** The pixel at the top, and where the scroll bar has it. */
  top: number
  bar: number
  left: number
  height: number
  width: number
}

/**
 * Scrolling through `whole` pixels, which may be more than a browser can scroll: then the scroll bar covers them in
 * proportion, while the wheel and keys go on by pixels.
 */
export function useScroll(area: RefObject<HTMLElement | null>, whole: number, headHeight: number) {
  const [scrolled, setScrolled] = useState<Scrolled>({ top: 0, bar: 0, left: 0, height: 600, width: 1000 })
  const top = useRef(0)
  /** Where we put the bar ourselves: the event of that is not a person's. */
  const put = useRef(0)
  const drawn = Math.min(whole, highest)

  const ratio = useCallback(() => {
    const view = (area.current?.clientHeight ?? 0) - headHeight
    return drawn - view <= 0 ? 1 : (whole - view) / (drawn - view)
  }, [area, whole, drawn, headHeight])

  const measure = useCallback(() => {
    const element = area.current
    if (!element) return
    const { clientHeight, clientWidth, scrollLeft, scrollTop } = element
    setScrolled((now) => {
      const next = {
        top: top.current,
        bar: scrollTop,
        left: scrollLeft,
        height: clientHeight - headHeight,
        width: clientWidth,
      }
      return Object.entries(next).every(([name, value]) => now[name as keyof Scrolled] === value) ? now : next
    })
  }, [area, headHeight])

  /** Puts this pixel to the top. */
  const scrollTo = useCallback(
    (wanted: number) => {
      const element = area.current
      if (!element) return
      const view = element.clientHeight - headHeight
      top.current = Math.max(0, Math.min(whole - view, wanted))
      put.current = Math.round(top.current / ratio())
      element.scrollTop = put.current
      measure()
    },
    [area, whole, headHeight, ratio, measure],
  )

  const onScroll = useCallback(() => {
    const element = area.current
    if (!element) return
    if (Math.abs(element.scrollTop - put.current) > 1) {
      put.current = element.scrollTop
      top.current = element.scrollTop * ratio()
    }
    measure()
  }, [area, ratio, measure])

  useEffect(() => {
    const element = area.current
    if (!element || whole <= highest) return
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0 || event.shiftKey) return
      event.preventDefault()
      const step = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? 33 : element.clientHeight
      scrollTo(top.current + event.deltaY * step)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [area, whole, scrollTo])

  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [area, measure])

  // Fewer rows than before may end above what was in sight.
  useLayoutEffect(() => scrollTo(top.current), [scrollTo])

  return { ...scrolled, drawn, scrollTo, onScroll }
}
