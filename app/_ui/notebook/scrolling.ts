/** How long after the last step a scroll is over, ms. */
const still = 120
let last = Number.NEGATIVE_INFINITY

if (typeof document !== 'undefined') {
  const onScroll = () => {
    last = performance.now()
  }
  // Scrolling does not bubble; the capturing phase sees that of every element.
  document.addEventListener('scroll', onScroll, { capture: true, passive: true })
}

/** Whether something on the page has scrolled just now. */
export const isScrolling = () => performance.now() - last < still
