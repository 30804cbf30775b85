import { formatCategory } from '../../../../../lib/datasets/explore/describe'
import type { Filter } from '../../../../../lib/datasets/explore/filter'
import type { AttributeAnswer } from '../../../../../lib/datasets/explore/question'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import type { Plot } from '../../../../_ui/plot-figure'
import { formatCount } from '../../../../_ui/units'
import { pressShapes } from './press'
import { fill, otherColour, pale, short, style, tip } from './style'

type Options = {
  column: DatasetColumn
  drawn: Extract<AttributeAnswer['drawn'], { kind: 'bars' }>
  isFiltered: boolean
  own: Filter | undefined
  width: number
  height: number
  press: (filter: Filter, adding?: boolean) => void
}

/** Room for so many bars: a single one as high as the figure would look like an error. */
export const barsHeight = (bars: number) => 12 + bars * Math.min(30, Math.max(17, 150 / bars))

/** A bar for each of the most frequent values, one for the others. */
export function barsPlot(
  Plot: Plot,
  { column, drawn: { bars, others }, isFiltered, own, width, height, press }: Options,
): Element {
  const lines = [
    ...bars.map(({ value, all, count }, i) => ({
      key: String(i),
      value: value as string | null,
      name: formatCategory(value),
      all,
      count,
      isChosen: own?.kind === 'values' && own.values.includes(value),
    })),
    ...(others
      ? [
          {
            key: 'others',
            value: null,
            name: `${formatCount(others.values)} others`,
            ...others,
            isChosen: false,
          },
        ]
      : []),
  ].map((line) => ({
    ...line,
    title: `${line.name}\n${formatCount(line.count)} rows${isFiltered ? ` of ${formatCount(line.all)}` : ''}`,
  }))
  type Line = (typeof lines)[number]
  const names = new Map(lines.map(({ key, name }) => [key, short(name, 16)]))
  const longest = Math.max(0, ...[...names.values()].map((name) => name.length))
  const most = Math.max(1, ...lines.map(({ all }) => all))
  const svg = Plot.plot({
    width,
    height,
    marginLeft: Math.min(width * 0.4, 14 + longest * 6.2),
    marginRight: 46,
    marginTop: 4,
    marginBottom: 4,
    style,
    x: { axis: null, domain: [0, most] },
    y: {
      type: 'band',
      label: null,
      domain: lines.map(({ key }) => key),
      tickSize: 0,
      tickFormat: (key: string) => names.get(key) ?? '',
      padding: 0.2,
    },
    marks: [
      ...(isFiltered ? [Plot.barX(lines, { x: 'all', y: 'key', fill: pale })] : []),
      Plot.barX(lines, {
        x: 'count',
        y: 'key',
        fill: (line: Line) => (line.key === 'others' ? otherColour : fill),
        stroke: (line: Line) => (line.isChosen ? 'var(--cellar-text)' : 'none'),
      }),
      Plot.text(lines, {
        x: isFiltered ? 'all' : 'count',
        y: 'key',
        text: (line: Line) => formatCount(line.count),
        textAnchor: 'start',
        dx: 4,
        fill: 'currentColor',
      }),
      Plot.barX(
        lines.filter(({ value }) => value !== null),
        { x1: () => 0, x2: () => most, y: 'key', fill: 'transparent', className: 'press' },
      ),
      Plot.tip(lines, Plot.pointerY({ x: 'count', y: 'key', title: 'title', anchor: 'top-left', ...tip })),
    ],
  })
  return pressShapes(svg, 'press', (i, adding) =>
    press({ kind: 'values', column: column.name, values: [bars[i]!.value] }, adding),
  )
}
