import { formatMeasure } from '../../../../../lib/datasets/explore/describe'
import { type Filter, sameFilter } from '../../../../../lib/datasets/explore/filter'
import type { AttributeAnswer } from '../../../../../lib/datasets/explore/question'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import type { Plot } from '../../../../_ui/plot-figure'
import { formatCount } from '../../../../_ui/units'
import { pressShapes } from './press'
import { compact, fill, pale, style, tip } from './style'

type Options = {
  column: DatasetColumn
  drawn: Extract<AttributeAnswer['drawn'], { kind: 'histogram' }>
  isFiltered: boolean
  own: Filter | undefined
  width: number
  height: number
  press: (filter: Filter, adding?: boolean) => void
}

/** The rows of one bar: it holds its lower edge, the last one both. */
export const barFilter = (column: string, edges: readonly number[], i: number): Filter => ({
  kind: 'range',
  column,
  from: edges[i]!,
  to: edges[i + 1]!,
  closed: i === edges.length - 2,
})

/** Bars of the rows that are left before pale ones of all rows. */
export function histogramPlot(
  Plot: Plot,
  { column, drawn: { edges, all, counts }, isFiltered, own, width, height, press }: Options,
): Element {
  const isTime = column.type === 'date' || column.type === 'datetime'
  const at = (edge: number) => (isTime ? new Date(edge) : edge)
  const bars = counts.map((count, i) => ({
    from: at(edges[i]!),
    to: at(edges[i + 1]!),
    middle: at((edges[i]! + edges[i + 1]!) / 2),
    count,
    all: all[i]!,
    isChosen: own !== undefined && sameFilter(own, barFilter(column.name, edges, i)),
    title:
      `${formatMeasure(edges[i]!, column)} to ${formatMeasure(edges[i + 1]!, column)}\n${formatCount(count)} rows` +
      (isFiltered ? ` of ${formatCount(all[i]!)}` : ''),
  }))
  const most = Math.max(1, ...all)
  const span = { x1: 'from', x2: 'to', insetLeft: 0.5, insetRight: 0.5 }
  const svg = Plot.plot({
    width,
    height,
    marginLeft: 44,
    marginRight: 10,
    marginTop: 8,
    marginBottom: 22,
    style,
    x: {
      type: isTime ? 'utc' : 'linear',
      label: null,
      ticks: Math.max(2, Math.floor(width / 70)),
      tickSize: 3,
    },
    y: { label: null, ticks: 3, tickSize: 0, grid: true, tickFormat: compact.format, domain: [0, most] },
    marks: [
      ...(isFiltered ? [Plot.rectY(bars, { ...span, y: 'all', fill: pale })] : []),
      Plot.rectY(bars, {
        ...span,
        y: 'count',
        fill,
        stroke: (bar: (typeof bars)[number]) => (bar.isChosen ? 'var(--cellar-text)' : 'none'),
      }),
      Plot.ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.4 }),
      Plot.rect(bars, {
        x1: 'from',
        x2: 'to',
        y1: () => 0,
        y2: () => most,
        fill: 'transparent',
        className: 'press',
      }),
      Plot.tip(bars, Plot.pointerX({ x: 'middle', y: 'count', title: 'title', ...tip })),
    ],
  })
  return pressShapes(svg, 'press', (i, adding) => press(barFilter(column.name, edges, i), adding))
}
