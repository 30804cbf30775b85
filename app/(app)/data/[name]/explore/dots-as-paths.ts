import type { RenderFunction } from '@observablehq/plot'

/** So many dots or more are drawn as paths. */
export const manyDots = 4000

const namespace = 'http://www.w3.org/2000/svg'

/**
 * Draws a mark's dots as one path for each colour, each dot a line without length: tens of thousands of circles would hold
 * the page up. `colour`: of all dots, where the mark has no channel for it.
 */
export const dotsAsPaths =
  (colour: string, diameter: number, opacity: number): RenderFunction =>
  (index, _scales, { x, y, fill }, _dimensions, { document }) => {
    const lines = new Map<string, string[]>()
    for (const i of index) {
      const own: string = fill?.[i] ?? colour
      const line = `M${x![i].toFixed(1)},${y![i].toFixed(1)}h0`
      const others = lines.get(own)
      if (others) others.push(line)
      else lines.set(own, [line])
    }
    const group = document.createElementNS(namespace, 'g')
    group.setAttribute('stroke-linecap', 'round')
    group.setAttribute('stroke-width', String(diameter))
    group.setAttribute('stroke-opacity', String(opacity))
    for (const [stroke, parts] of lines) {
      const path = document.createElementNS(namespace, 'path')
      path.setAttribute('stroke', stroke)
      path.setAttribute('d', parts.join(''))
      group.append(path)
    }
    return group
  }
