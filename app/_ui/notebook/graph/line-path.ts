import { gap, node, type Place } from './layout'

/** The way of a line from a node to one that uses it, as an SVG path: between the nodes, not behind them. */
export function linePath(from: Place, to: Place): string {
  const start = { x: from.x, y: from.y + node.height / 2 }
  const end = { x: to.x, y: to.y - node.height / 2 }
  const down = end.y - start.y
  if (down <= 0) return aside(from, to)
  if (down <= gap.y + 1) return `M${start.x} ${start.y}${bend(start, end)}`
  const lane = laneBetween(from, to)
  const into = { x: lane, y: start.y + gap.y }
  const out = { x: lane, y: end.y - gap.y }
  return `M${start.x} ${start.y}${bend(start, into)}L${out.x} ${out.y}${bend(out, end)}`
}

type Point = { x: number; y: number }

const bend = (from: Point, to: Point) => {
  const middle = (from.y + to.y) / 2
  return `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`
}

/** The gap beside the column of the target, on the side of the source. */
function laneBetween(from: Place, to: Place) {
  const side = from.x > to.x ? 1 : from.x < to.x || to.x > node.width ? -1 : 1
  return to.x + (side * (node.width + gap.x)) / 2
}

/** Back up, as in a cycle: from side to side. */
function aside(from: Place, to: Place) {
  const x = Math.max(from.x, to.x) + node.width / 2 + gap.x
  const right = node.width / 2
  return `M${from.x + right} ${from.y}C${x} ${from.y} ${x} ${to.y} ${to.x + right} ${to.y}`
}
