/** The part of an SVG element, as linkedom makes it, that is read here. */
export type SvgNode = {
  tagName: string
  getAttribute(name: string): string | null
  children: Iterable<SvgNode>
  parentNode?: SvgNode | null
  /** What d3 bound to it: a row, or the rows of a line. */
  __data__?: unknown
}

/** Where a row is drawn: a middle, and of a bar or rectangle its size. */
export type Place = { row: number; x: number; y: number; width: number; height: number }

type Columns = Record<string, ArrayLike<unknown> | undefined>

/** Where the rows of a mark are drawn, by the elements that it has drawn them with. */
export function markPlaces(group: SvgNode, values: Columns): Place[] {
  const { x: dx, y: dy } = offsetOf(group)
  const places: Place[] = []
  const visit = (node: SvgNode) => {
    const rows = node.__data__
    if (typeof rows === 'number') {
      const place = placeOf(node) ?? placeIn(values, rows)
      if (place) places.push({ row: rows, ...place, x: place.x + dx, y: place.y + dy })
    } else if (isRows(rows)) {
      for (const row of Array.from(rows)) {
        const place = placeIn(values, row)
        if (place) places.push({ row, ...place, x: place.x + dx, y: place.y + dy })
      }
    } else for (const child of node.children) visit(child)
  }
  for (const child of group.children) visit(child)
  return places
}

const isRows = (value: unknown): value is ArrayLike<number> =>
  (Array.isArray(value) || ArrayBuffer.isView(value)) &&
  typeof (value as ArrayLike<unknown> & object as number[])[0] === 'number'

/** By its own attributes; a link around it is looked through. */
function placeOf(node: SvgNode): Omit<Place, 'row'> | undefined {
  const number = (name: string) => Number(node.getAttribute(name) ?? Number.NaN)
  switch (node.tagName.toLowerCase()) {
    case 'a':
      return Array.from(node.children, placeOf)[0]
    case 'rect': {
      const [x, y, width, height] = [number('x'), number('y'), number('width'), number('height')]
      return finite({ x: x + width / 2, y: y + height / 2, width, height })
    }
    case 'circle':
      return finite({ x: number('cx'), y: number('cy'), width: 0, height: 0 })
    case 'line': {
      const [x1, x2, y1, y2] = [number('x1'), number('x2'), number('y1'), number('y2')]
      const size = { width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) }
      return finite({ x: (x1 + x2) / 2, y: (y1 + y2) / 2, ...size })
    }
    default: {
      const at = translation(node)
      return at && finite({ ...at, width: 0, height: 0 })
    }
  }
}

/** Of a line or an area, whose rows are one path. */
function placeIn(values: Columns, row: number): Omit<Place, 'row'> | undefined {
  const x = (values.x2 ?? values.x1 ?? values.x)?.[row]
  const y = (values.y2 ?? values.y1 ?? values.y)?.[row]
  return finite({ x: Number(x ?? Number.NaN), y: Number(y ?? Number.NaN), width: 0, height: 0 })
}

const finite = (place: Omit<Place, 'row'>) =>
  Object.values(place).every(Number.isFinite) ? place : undefined

function translation(node: SvgNode) {
  const found = /translate\(\s*(-?[\d.e+-]+)(?:[\s,]+(-?[\d.e+-]+))?\s*\)/.exec(
    node.getAttribute('transform') ?? '',
  )
  return found ? { x: Number(found[1]), y: Number(found[2] ?? 0) } : undefined
}

/** Of a group within its figure: facets and half pixels move it. */
function offsetOf(group: SvgNode) {
  let [x, y] = [0, 0]
  for (let node: SvgNode | null | undefined = group; node?.getAttribute; node = node.parentNode) {
    if (node.tagName.toLowerCase() === 'svg') break
    const moved = translation(node)
    x += moved?.x ?? 0
    y += moved?.y ?? 0
  }
  return { x, y }
}
