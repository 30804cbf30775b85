import { useEffect, useState } from 'react'

type Math = typeof import('./math')
let loaded: Math | undefined

/** What draws formulas, once a text needs it: it and its fonts are larger than the rest of the page's Markdown. */
export function useMath(source: string): Math | undefined {
  const [math, setMath] = useState(loaded)
  const isNeeded = source.includes('$')
  useEffect(() => {
    if (!isNeeded || math) return
    let isCurrent = true
    const load = async () => {
      loaded ??= await import('./math')
      if (isCurrent) setMath(loaded)
    }
    // Without it a formula reads as it was typed.
    load().catch(() => {})
    return () => {
      isCurrent = false
    }
  }, [isNeeded, math])
  return isNeeded ? math : undefined
}
