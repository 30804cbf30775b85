import { type Plot as PlotModule, plotStyle } from '../../../../_ui/plot-figure'
import type { Line } from './chart'

type Drawing = {
  kind: 'bars' | 'lines'
  lines: Line[]
  stepMs: number
  format: (value: number) => string
  width: number
  height: number
}

/** The drawing of a chart: time to the right, nothing below 0, the values under the pointer. */
export function plotOf(Plot: PlotModule, { kind, lines, stepMs, format, width, height }: Drawing) {
  const data = lines.flatMap(({ name, points }) =>
    points.map(({ at, value }) => ({ name, at: new Date(at), end: new Date(at + stepMs), value })),
  )
  const known = data.filter(({ value }) => value !== null)
  const largest = Math.max(0, ...known.map(({ value }) => value!))
  const marks =
    kind === 'bars'
      ? [
          Plot.rectY(
            data,
            Plot.stackY({ x1: 'at', x2: 'end', y: 'value', fill: 'name', insetLeft: 0.5, insetRight: 0.5 }),
          ),
        ]
      : [
          // A gap stays a gap; a point between two gaps would not be seen without its dot.
          Plot.lineY(data, { x: 'at', y: 'value', stroke: 'name', strokeWidth: 1.8, curve: 'monotone-x' }),
          Plot.dot(known, { x: 'at', y: 'value', fill: 'name', r: 1.6 }),
        ]
  return Plot.plot({
    width,
    height,
    marginLeft: 56,
    marginBottom: 24,
    marginTop: 10,
    marginRight: 10,
    style: plotStyle,
    x: {
      type: 'time',
      label: null,
      domain: [new Date(lines[0]!.points[0]!.at), new Date(lines[0]!.points.at(-1)!.at + stepMs)],
      ticks: Math.max(3, Math.floor(width / 110)),
    },
    y: {
      label: null,
      grid: true,
      zero: true,
      ticks: 4,
      tickFormat: (value: number) => (value === 0 ? '0' : format(value)),
      // Without a value above 0 there is no scale to speak of.
      ...(largest === 0 && { domain: [0, 1], ticks: [0] }),
    },
    color: { domain: lines.map(({ name }) => name), range: lines.map(({ colour }) => colour) },
    marks: [
      Plot.ruleY([0], { stroke: 'var(--cellar-border)' }),
      ...marks,
      Plot.tip(
        known,
        Plot.pointerX({
          x: 'at',
          y: 'value',
          title: ({ name, at, value }: (typeof data)[number]) =>
            `${at.toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })}\n${name}: ${format(value!)}`,
          fill: 'var(--cellar-surface)',
          stroke: 'var(--cellar-border)',
        }),
      ),
    ],
  })
}
