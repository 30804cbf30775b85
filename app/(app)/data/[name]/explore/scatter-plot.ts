import { formatCategory } from '../../../../../lib/datasets/explore/describe'
import type { Axis, ScatterAnswer } from '../../../../../lib/datasets/explore/question'
import { type Plot, palette } from '../../../../_ui/plot-figure'
import { formatCount } from '../../../../_ui/units'
import { dotsAsPaths, manyDots } from './dots-as-paths'
import { pressShapes } from './press'
import { fill, otherColour, short, style, tip } from './style'

export const scatterHeight = 420

type Drawn<Kind> = Extract<ScatterAnswer['drawn'], { kind: Kind }>
type Options<Kind> = {
  answer: ScatterAnswer
  drawn: Drawn<Kind>
  names: { x: string; y: string; colour?: string | null }
  says: (at: number) => string
  width: number
}

/** A scale of Plot for an axis. Categories lie at their index, with room for rows beside one another. */
function scaleOf(axis: Axis, label: string, most: number) {
  const isTime = axis.kind === 'time'
  if (axis.kind !== 'categories')
    return {
      type: isTime ? ('utc' as const) : ('linear' as const),
      label,
      nice: true,
      grid: true,
      tickFormat: undefined,
    }
  return {
    type: 'linear' as const,
    label,
    domain: [-0.6, axis.values.length - 0.4],
    ticks: axis.values.map((_, i) => i),
    tickFormat: (i: number) => short(formatCategory(axis.values[i] ?? null), most),
    grid: false,
  }
}

const marginsOf = ({ xAxis, yAxis }: ScatterAnswer, width: number) => {
  const longest = (axis: Axis) =>
    axis.kind === 'categories' ? Math.max(4, ...axis.values.map((value) => Math.min(16, value.length))) : 6
  return {
    marginLeft: Math.min(width * 0.35, 22 + longest(yAxis) * 6.4),
    marginRight: 16,
    marginTop: 26,
    marginBottom: 42,
    tilted: xAxis.kind === 'categories' && xAxis.values.length * longest(xAxis) * 7 > width,
  }
}

function frame(answer: ScatterAnswer, names: { x: string; y: string }, width: number) {
  const { tilted, ...margins } = marginsOf(answer, width)
  return {
    width,
    height: scatterHeight,
    ...margins,
    marginBottom: tilted ? 96 : margins.marginBottom,
    style,
    x: { ...scaleOf(answer.xAxis, names.x, 16), ...(tilted && { tickRotate: -40 }) },
    y: scaleOf(answer.yAxis, names.y, 16),
  }
}

/** A dot for each place; where categories lie on an axis, beside their line rather than on one another. */
export function dotsPlot(Plot: Plot, { answer, drawn, names, says, width }: Options<'dots'>): Element {
  const { scale, counts } = drawn
  const places = Array.from(drawn.x, (_, i) => i)
  const most = counts ? Math.max(...counts) : 1
  const areAllNames = answer.xAxis.kind === 'categories' && answer.yAxis.kind === 'categories'
  const at = (values: number[], axis: Axis, salt: number) => (i: number) =>
    axis.kind === 'time'
      ? new Date(values[i]!)
      : axis.kind === 'categories'
        ? values[i]! + (areAllNames ? beside(drawn.colour?.[i] ?? 0, salt) : 0.7 * (noise(i + salt) - 0.5))
        : values[i]!
  const isMany = drawn.x.length >= manyDots
  const colourOf = (i: number) => {
    const value = drawn.colour?.[i]
    // A path for each colour: as many as an eye tells apart.
    if (scale.kind === 'numbers' && value != null && isMany) return stepped(value, scale)
    if (scale.kind !== 'categories') return value ?? null
    return value != null && value < scale.values.length ? palette[value % palette.length]! : otherColour
  }
  const channels = { x: at(drawn.x, answer.xAxis, 1), y: at(drawn.y, answer.yAxis, 2) }
  const isDense = drawn.x.length > 2000
  return Plot.plot({
    ...frame(answer, names, width),
    ...(scale.kind === 'numbers' && {
      color: {
        type: 'linear' as const,
        scheme: 'viridis' as const,
        legend: true,
        label: names.colour ?? undefined,
      },
    }),
    r: { type: 'sqrt', domain: [0, Math.max(most, 1)], range: [0, areAllNames ? 22 : most > 1 ? 9 : 3.2] },
    marks: [
      Plot.dot(places, {
        ...channels,
        fill: scale.kind === 'none' ? fill : colourOf,
        fillOpacity: isDense ? 0.55 : 0.75,
        // A row alone has to be seen beside thousands.
        r: counts ? (i: number) => Math.max(counts[i]!, most * 0.03) : isDense ? 2 : 3.2,
        sort: null,
        ...(isMany && { render: dotsAsPaths(scale.kind === 'none' ? fill : otherColour, 3.6, 0.6) }),
      }),
      Plot.tip(places, Plot.pointer({ ...channels, title: says, ...tip })),
    ],
  })
}

/** A number as one of 64 between the ends. */
const stepped = (value: number, { min, max }: { min: number; max: number }) =>
  max > min ? min + (Math.round((63 * (value - min)) / (max - min)) / 63) * (max - min) : value

/** Colours of one place side by side. */
const beside = (colour: number, salt: number) =>
  salt === 1 ? ((colour % 5) - 2) * 0.12 : (Math.floor(colour / 5) - 0.5) * 0.12

/** Between 0 and 1, the same for the same number: dots stay where they are. */
function noise(i: number): number {
  const t = Math.imul(i ^ 0x9e3779b9, 0x85ebca6b)
  return ((t ^ (t >>> 15)) >>> 0) / 2 ** 32
}

/** How many rows lie in each bin, darker for more. */
export function binsPlot(
  Plot: Plot,
  { answer, drawn, names, says, width, press }: Options<'bins'> & { press: (at: number) => void },
): Element {
  const { xEdges, yEdges, i, j, counts } = drawn
  const edge = (edges: number[], axis: Axis) => (place: number) =>
    axis.kind === 'time' ? new Date(edges[place]!) : edges[place]!
  const [onX, onY] = [edge(xEdges, answer.xAxis), edge(yEdges, answer.yAxis)]
  const bins = counts.map((count, at) => ({
    x1: onX(i[at]!),
    x2: onX(i[at]! + 1),
    y1: onY(j[at]!),
    y2: onY(j[at]! + 1),
    count,
    title: `${says(at).replace(', ', '\n')}\n${formatCount(count)} rows`,
  }))
  const isWide = Math.max(...counts, 1) / Math.min(...counts, 1) > 50
  const svg = Plot.plot({
    ...frame(answer, names, width),
    color: {
      type: isWide ? 'log' : 'linear',
      scheme: 'blues',
      legend: true,
      label: 'rows',
      ...(isWide ? {} : { zero: true }),
    },
    marks: [
      Plot.rect(bins, {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        fill: 'count',
        inset: 0.25,
        className: 'press',
      }),
      Plot.tip(
        bins,
        Plot.pointer({
          x: (bin) => middle(bin.x1, bin.x2),
          y: (bin) => middle(bin.y1, bin.y2),
          title: 'title',
          ...tip,
        }),
      ),
    ],
  })
  return pressShapes(svg, 'press', press)
}

const middle = (a: number | Date, b: number | Date) =>
  a instanceof Date ? new Date((+a + +b) / 2) : (a + Number(b)) / 2
