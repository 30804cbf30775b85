import { useEffect, useEffectEvent } from 'react'

/** Reads again every so many milliseconds while the page is in view, never where undefined. What fails is asked again. */
export function usePolling(read: () => Promise<unknown>, everyMs: number | undefined): void {
  const readInView = useEffectEvent(() => {
    if (document.visibilityState === 'visible') read().catch(() => {})
  })
  useEffect(() => {
    if (everyMs === undefined) return
    const timer = setInterval(() => readInView(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}
