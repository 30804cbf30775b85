import type { FigureTips, TipMark } from '../../../../../lib/protocol/figure'

/** A point of a figure: the place of a mark among the marks, and of the point in it. */
export type Pointed = { mark: number; point: number }

/** How far from a pointer a point may be, in the figure's pixels. */
const reach = 40
/** Where only one direction counts, the other decides between equals. */
const faint = 0.01

/** The point of a figure that a pointer means. Bars and rectangles are as near as their nearest edge. */
export function nearest({ marks }: FigureTips, x: number, y: number): Pointed | undefined {
  let best: Pointed | undefined
  let least = reach
  for (const [m, mark] of marks.entries()) {
    for (let i = 0; i < mark.x.length; i++) {
      const distance = distanceTo(mark, i, x, y)
      if (distance > least) continue
      // Of equals the later one, which is drawn on top.
      least = distance
      best = { mark: m, point: i }
    }
  }
  return best
}

function distanceTo(mark: TipMark, i: number, x: number, y: number) {
  const dx = outside(x - mark.x[i]!, mark.width?.[i])
  const dy = outside(y - mark.y[i]!, mark.height?.[i])
  if (mark.nearest === 'x') return dx > reach ? dx : dx + faint * dy
  if (mark.nearest === 'y') return dy > reach ? dy : dy + faint * dx
  return Math.hypot(dx, dy)
}

const outside = (offset: number, size = 0) => Math.max(0, Math.abs(offset) - size / 2)
