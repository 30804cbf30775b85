import { formatCategory, formatMeasure } from '../../../../../lib/datasets/explore/describe'
import type { Category } from '../../../../../lib/datasets/explore/filter'
import type { Box } from '../../../../../lib/datasets/explore/question'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import type { Plot } from '../../../../_ui/plot-figure'
import { formatCount } from '../../../../_ui/units'
import { pressShapes } from './press'
import { fill, short, style, tip } from './style'

type Options = {
  boxes: Box[]
  column: DatasetColumn
  hasGroups: boolean
  width: number
  height: number
  press: (group: Category, adding: boolean) => void
}

export const boxesHeight = (groups: number) => 62 + Math.max(1, groups) * 34

/** Boxes side by side along the values, a line for each group. */
export function boxesPlot(Plot: Plot, { boxes, column, hasGroups, width, height, press }: Options): Element {
  const isTime = column.type === 'date' || column.type === 'datetime'
  const at = (value: number) => (isTime ? new Date(value) : value)
  const say = (value: number) => formatMeasure(value, column)
  const lines = boxes.map(({ group, count, quartiles, whiskers, outliers }, i) => ({
    key: String(i),
    low: at(whiskers[0]),
    q1: at(quartiles[0]),
    median: at(quartiles[1]),
    q3: at(quartiles[2]),
    high: at(whiskers[1]),
    title:
      `${hasGroups ? `${formatCategory(group)}\n` : ''}median ${say(quartiles[1])}\n` +
      `half within ${say(quartiles[0])} to ${say(quartiles[2])}\n${formatCount(count)} rows, ${formatCount(outliers)} outliers`,
  }))
  const dots = boxes.flatMap(({ drawn }, i) => drawn.map((value) => ({ key: String(i), value: at(value) })))
  const names = boxes.map(({ group }) => (hasGroups ? short(formatCategory(group), 18) : ''))
  const longest = Math.max(...names.map((name) => name.length))
  const svg = Plot.plot({
    width,
    height,
    marginLeft: Math.min(width * 0.35, 16 + longest * 6.6),
    marginRight: 16,
    marginTop: 6,
    marginBottom: 36,
    style,
    x: { type: isTime ? 'utc' : 'linear', label: column.name, grid: true, nice: true },
    y: {
      type: 'band',
      domain: lines.map(({ key }) => key),
      label: null,
      tickSize: 0,
      tickFormat: (key: string) => names[Number(key)] ?? '',
      padding: 0.3,
    },
    marks: [
      Plot.ruleY(lines, { y: 'key', x1: 'low', x2: 'high', stroke: 'currentColor' }),
      Plot.barX(lines, { y: 'key', x1: 'q1', x2: 'q3', fill, fillOpacity: 0.55 }),
      Plot.tickX(lines, { y: 'key', x: 'median', stroke: 'var(--cellar-text)', strokeWidth: 2 }),
      Plot.dot(dots, { y: 'key', x: 'value', r: 2, stroke: 'currentColor', strokeOpacity: 0.8 }),
      ...(hasGroups
        ? [Plot.barX(lines, { y: 'key', x1: 'low', x2: 'high', fill: 'transparent', className: 'press' })]
        : []),
      Plot.tip(lines, Plot.pointerY({ y: 'key', x: 'median', title: 'title', ...tip })),
    ],
  })
  return pressShapes(svg, 'press', (i, adding) => press(boxes[i]!.group, adding))
}
