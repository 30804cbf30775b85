import { type RefObject, useEffect, useState } from 'react'

/** Whether an element is on the screen or within `margin` pixels above or below it. */
export function useNear(element: RefObject<HTMLElement | null>, margin = 700): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const target = element.current
    return target ? watchNear(target, margin, setNear) : undefined
  }, [element, margin])
  return near
}

type Tell = (near: boolean, seen: boolean) => void
type Watcher = { observer: IntersectionObserver; tell: Map<Element, Tell> }
// One observer for all cells: five hundred of them would each be asked at every scroll.
const watchers = new Map<Element | null, Map<number, Watcher>>()

/**
 * Tells whether an element is within `margin` pixels of the screen, now and whenever it changes, and whether it is on
 * the screen at that moment. Returns what ends it.
 */
export function watchNear(target: Element, margin: number, tell: Tell): () => void {
  const root = target.closest('[data-scroller]')
  const ofRoot = watchers.get(root) ?? new Map<number, Watcher>()
  watchers.set(root, ofRoot)
  const watcher = ofRoot.get(margin) ?? createWatcher(root, margin)
  ofRoot.set(margin, watcher)
  watcher.tell.set(target, tell)
  watcher.observer.observe(target)
  return () => {
    watcher.tell.delete(target)
    watcher.observer.unobserve(target)
    if (watcher.tell.size > 0) return
    watcher.observer.disconnect()
    ofRoot.delete(margin)
    if (ofRoot.size === 0) watchers.delete(root)
  }
}

function createWatcher(root: Element | null, margin: number): Watcher {
  const tell: Watcher['tell'] = new Map()
  const observer = new IntersectionObserver(
    (entries) => {
      // Asking the element itself would lay out the page.
      for (const { target, isIntersecting, boundingClientRect } of entries)
        tell.get(target)?.(isIntersecting, isIntersecting && isOnScreen(boundingClientRect))
    },
    { root, rootMargin: `${margin}px 0px` },
  )
  return { observer, tell }
}

const isOnScreen = ({ top, bottom }: DOMRectReadOnly) => bottom > 0 && top < window.innerHeight
