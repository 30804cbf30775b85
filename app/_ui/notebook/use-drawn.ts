import { type RefObject, useEffect, useState } from 'react'
import { whenPageIsIdle } from './idle-queue'
import { watchNear } from './use-near'

/** The first screen is drawn at once. */
const atOnce = 5
/** A notebook of this size is drawn whole in idle moments; of a larger one, what comes near the screen. */
const whole = 150
/** How far from the screen a cell is drawn, px. */
const margin = 1600

/**
 * Whether a cell is drawn with all that belongs to it, or only as its text. Once it is, it stays: a person may have
 * opened something in it.
 */
export function useDrawn(
  element: RefObject<HTMLElement | null>,
  { index, cells, wanted }: { index: number; cells: number; wanted: boolean },
): boolean {
  const [drawn, setDrawn] = useState(index < atOnce || wanted)
  useEffect(() => {
    const target = element.current
    if (drawn || !target) return
    if (wanted) return setDrawn(true)
    const draw = () => setDrawn(true)
    const forget = cells <= whole ? whenPageIsIdle('later', draw) : undefined
    let takeBack: (() => void) | undefined
    const unwatch = watchNear(target, margin, (near) => {
      takeBack?.()
      takeBack = near ? whenPageIsIdle('near', draw) : undefined
    })
    return () => {
      forget?.()
      takeBack?.()
      unwatch()
    }
  }, [element, drawn, wanted, cells])
  return drawn || wanted
}
