import type { Place } from './layout'

/** The nearest node in the direction of an arrow key. */
export function neighbour(places: readonly Place[], at: number, key: string): string | undefined {
  const here = places[at]
  const [dx, dy] = directions[key] ?? [0, 0]
  if (!here || (dx === 0 && dy === 0)) return undefined
  let best: { id: string; cost: number } | undefined
  for (const { id, x, y } of places) {
    const ahead = (x - here.x) * dx + (y - here.y) * dy
    if (ahead <= 1) continue
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx)
    const cost = ahead + 2 * aside
    if (!best || cost < best.cost) best = { id, cost }
  }
  return best?.id
}

const directions: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}
