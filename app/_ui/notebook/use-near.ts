import { type RefObject, useEffect, useState } from 'react'

/** Whether an element is on the screen or within `margin` pixels above or below it. */
export function useNear(element: RefObject<HTMLElement | null>, margin = 700): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const target = element.current
    if (!target) return
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      root: target.closest('[data-scroller]'),
      rootMargin: `${margin}px 0px`,
    })
    observer.observe(target)
    return () => observer.disconnect()
  }, [element, margin])
  return near
}
