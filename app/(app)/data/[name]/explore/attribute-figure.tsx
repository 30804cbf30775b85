'use client'

import { formatCategory, formatMeasure } from '../../../../../lib/datasets/explore/describe'
import { type Filter, sameFilter } from '../../../../../lib/datasets/explore/filter'
import type { AttributeAnswer } from '../../../../../lib/datasets/explore/question'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import { formatCount, formatShare } from '../../../../_ui/units'
import { AttributeFacts } from './attribute-facts'
import { barsHeight, barsPlot } from './bars-plot'
import { useExploring } from './context'
import { ExploreFigure, type Shape } from './explore-figure'
import { FigureTable } from './figure-table'
import { barFilter, histogramPlot } from './histogram-plot'

const height = 150

/** How the values of one column are spread. */
export function AttributeFigure({ column }: { column: DatasetColumn }) {
  const { press, filters } = useExploring()
  const own = filters.find((filter) => filter.column === column.name)

  const shape = (answer: AttributeAnswer): Shape => {
    const facts = <AttributeFacts column={column} answer={answer} />
    const { drawn } = answer
    const isFiltered = answer.rows < answer.all
    switch (drawn.kind) {
      case 'nothing':
        return {
          height,
          label: `${column.name}: ${nothing(column, answer)}`,
          table: () => <FigureTable label={column.name} head={['Rows', '']} rows={factRows(answer)} />,
          children: (
            <>
              <p style={{ minHeight: height }}>{nothing(column, answer)}</p>
              {facts}
            </>
          ),
        }
      case 'histogram':
        return {
          height,
          label: histogramLabel(column, answer, drawn),
          draw: (plot, width) =>
            histogramPlot(plot, { column, drawn, isFiltered, own, width, height, press }),
          edges: { x: drawn.edges },
          table: () => (
            <FigureTable
              label={column.name}
              head={['Values', 'Rows', ...(isFiltered ? ['Without filters'] : [])]}
              rows={drawn.counts.map((count, i) => {
                const filter = barFilter(column.name, drawn.edges, i)
                return {
                  key: String(i),
                  cells: [
                    barName(column, drawn.edges, i),
                    formatCount(count),
                    ...(isFiltered ? [formatCount(drawn.all[i]!)] : []),
                  ],
                  onPress: () => press(filter),
                  isPressed: own !== undefined && sameFilter(own, filter),
                }
              })}
            />
          ),
          children: facts,
        }
      case 'bars': {
        const filterOf = (value: string): Filter => ({ kind: 'values', column: column.name, values: [value] })
        const { bars, others } = drawn
        const needed = barsHeight(bars.length + (others ? 1 : 0))
        return {
          height: Math.max(height, needed),
          label: `Bar chart of ${column.name}: ${bars
            .slice(0, 5)
            .map(({ value, count }) => `${formatCategory(value)} ${formatCount(count)}`)
            .join(', ')}${bars.length > 5 || others ? ' and others' : ''}`,
          draw: (plot, width) =>
            barsPlot(plot, { column, drawn, isFiltered, own, width, height: needed, press }),
          table: () => (
            <FigureTable
              label={column.name}
              head={['Value', 'Rows', 'Share', ...(isFiltered ? ['Without filters'] : [])]}
              rows={[
                ...bars.map(({ value, count, all }) => ({
                  key: `=${value}`,
                  cells: [
                    formatCategory(value),
                    formatCount(count),
                    formatShare(count, answer.rows),
                    ...(isFiltered ? [formatCount(all)] : []),
                  ],
                  onPress: () => press(filterOf(value)),
                  isPressed: own?.kind === 'values' && own.values.includes(value),
                })),
                ...(others
                  ? [
                      {
                        key: 'others',
                        cells: [
                          `${formatCount(others.values)} other values`,
                          formatCount(others.count),
                          formatShare(others.count, answer.rows),
                          ...(isFiltered ? [formatCount(others.all)] : []),
                        ],
                      },
                    ]
                  : []),
              ]}
            />
          ),
          children: facts,
        }
      }
    }
  }

  return (
    <ExploreFigure
      figure={{ kind: 'attribute', column: column.name }}
      title={column.name}
      unit={unitOf(column)}
      height={height + 60}
      shape={shape}
      drawn={own ? JSON.stringify(own) : ''}
    />
  )
}

const unitOf = ({ type, shape }: DatasetColumn) =>
  type === 'numbers' ? `numbers ${shape?.join(' × ') ?? ''}` : type

function nothing({ type }: DatasetColumn, { rows, missing, distinct }: AttributeAnswer): string {
  if (rows === 0) return 'No row is left.'
  if (missing === rows) return 'All values are missing.'
  if (type === 'numbers') return 'Lists of numbers: see the images below.'
  if (distinct === rows - missing && distinct > 0) return 'No value comes twice.'
  return 'No finite number.'
}

const factRows = ({ rows, missing, distinct }: AttributeAnswer) => [
  { key: 'rows', cells: ['All', formatCount(rows)] },
  { key: 'missing', cells: ['Missing', formatCount(missing)] },
  { key: 'distinct', cells: ['Different values', formatCount(distinct)] },
]

type Histogram = Extract<AttributeAnswer['drawn'], { kind: 'histogram' }>

function barName(column: DatasetColumn, edges: readonly number[], i: number): string {
  const [from, to] = [edges[i]!, edges[i + 1]!]
  if (column.type === 'integer' && to - from === 1 && !Number.isInteger(from))
    return formatMeasure(from + 0.5, column)
  return `${formatMeasure(from, column)} to ${formatMeasure(to, column)}`
}

function histogramLabel(
  column: DatasetColumn,
  { statistics }: AttributeAnswer,
  { edges, counts }: Histogram,
) {
  if (!statistics) return `Histogram of ${column.name}: no row is left`
  const most = counts.indexOf(Math.max(...counts))
  const range = `from ${formatMeasure(statistics.min, column)} to ${formatMeasure(statistics.max, column)}`
  return `Histogram of ${column.name}: ${range}, most often ${barName(column, edges, most)} (${formatCount(counts[most]!)} rows)`
}
