import type { FigureTips, TipMark } from '../../../lib/protocol/figure'
import type { Module } from '../importer'
import { markPlaces, type Place, type SvgNode } from './mark-places'
import { type FacetIndex, markLines, type Scales, type Values } from './mark-text'

/** A mark of Observable Plot, as far as it is used here. */
export type Mark = {
  ariaLabel?: string
  render(index: FacetIndex, scales: Scales, values: Values, ...rest: unknown[]): SvgNode | null
}
type Drawn = { mark: Mark; index: FacetIndex; scales: Scales; values: Values; group: SvgNode }

/** Marks whose rows can be pointed at. */
const watched = [
  'Dot',
  'Line',
  'Area',
  'BarX',
  'BarY',
  'Rect',
  'Cell',
  'TickX',
  'TickY',
  'Vector',
  'WaffleX',
  'WaffleY',
]
/** Points of a figure. What is drawn on one pixel counts once. */
const mostPoints = 20_000

const tips = new WeakMap<object, FigureTips>()

/** What a pointer over an element is told, if Plot drew it. */
export const tipsOf = (element: object): FigureTips | undefined => tips.get(element)

/** Watches marks while Plot draws them, and keeps where each row came to stand. */
export function createTips(plot: Module) {
  const classes = watched.flatMap((name) => (typeof plot[name] === 'function' ? [plot[name]] : []))
  const isWatched = (mark: unknown): mark is Mark =>
    classes.some((each) => mark instanceof each) && !/axis|grid/.test((mark as Mark).ariaLabel ?? '')

  return {
    watch(marks: unknown[]) {
      const drawn: Drawn[] = []
      const watching = marks.flat(Number.POSITIVE_INFINITY).map((mark) => {
        if (!isWatched(mark)) return mark
        // Of its own: the person may draw the mark again.
        return Object.create(mark, {
          render: {
            value(index: FacetIndex, scales: Scales, values: Values, ...rest: unknown[]) {
              const group = mark.render.call(this, index, scales, values, ...rest)
              if (group && index) drawn.push({ mark, index, scales, values, group })
              return group
            },
          },
        }) as Mark
      })
      return {
        marks: watching,
        /** After the drawing, when every group stands in its place. */
        keep(element: object, svg: SvgNode) {
          const [width, height] = ['width', 'height'].map((name) => Number(svg.getAttribute(name)))
          const found = collect(drawn)
          if (found.length > 0 && width && height) tips.set(element, { width, height, marks: found })
        },
      }
    },
  }
}

/** The facets of a mark become one. */
function collect(drawn: Drawn[]): TipMark[] {
  const seen = new Set<string>()
  let left = mostPoints
  return [...new Set(drawn.map(({ mark }) => mark))].flatMap((mark) => {
    const parts = drawn.filter((each) => each.mark === mark)
    const points = parts.flatMap(({ group, index, values }) =>
      markPlaces(group, values).map((place) => ({ place, index })),
    )
    const shown = points.filter(({ place }) => {
      const pixel = `${Math.round(place.x)} ${Math.round(place.y)} ${Math.round(place.width)}`
      if (seen.has(pixel) || left === 0) return false
      left--
      return seen.add(pixel)
    })
    if (shown.length === 0) return []
    const { values, scales } = parts[0]!
    const rows = shown.map(({ place }) => place.row)
    const lines = markLines(
      rows,
      shown.map(({ index }) => index),
      values,
      scales,
    )
    if (lines.length === 0) return []
    const places = shown.map(({ place }) => place)
    return [{ nearest: nearestOf(mark, places), ...columns(places), lines }]
  })
}

const round = (value: number) => Math.round(value * 10) / 10

function columns(places: Place[]): Omit<TipMark, 'nearest' | 'lines'> {
  const of = (key: 'x' | 'y' | 'width' | 'height') => places.map((place) => round(place[key]))
  const hasSize = places.some(({ width, height }) => width > 0 || height > 0)
  return { x: of('x'), y: of('y'), ...(hasSize && { width: of('width'), height: of('height') }) }
}

/** Along a series that goes from left to right, and across upright bars, the pointer need only be above or below. */
function nearestOf(mark: Mark, places: Place[]): TipMark['nearest'] {
  const { name } = mark.constructor
  if (/^(BarY|WaffleY)$/.test(name)) return 'x'
  if (/^(BarX|WaffleX)$/.test(name)) return 'y'
  if (!/^(Line|Area)/.test(name)) return 'both'
  let turns = 0
  for (let i = 1; i < places.length; i++) if (places[i]!.x < places[i - 1]!.x) turns++
  // Each series of several begins anew.
  return turns <= places.length / 10 ? 'x' : 'both'
}
