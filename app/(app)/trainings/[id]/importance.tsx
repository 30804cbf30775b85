'use client'

import { DataTable } from '../../../_ui/data-table'
import { PlotFigure, palette, plotStyle } from '../../../_ui/plot-figure'
import { formatNumber } from '../../experiments/format'

/** Of many columns the first. */
const shown = 20

type Props = { importance: { column: string; value: number }[]; isClass: boolean }

/** How much worse the answers get without what a column says. */
export function Importance({ importance, isClass }: Props) {
  const bars = importance.slice(0, shown)
  const height = 40 + 24 * bars.length
  return (
    <PlotFigure
      title="Importance of columns"
      unit={`${isClass ? 'log loss' : 'RMSE'} added when a column's values are mixed up${bars.length < importance.length ? `; the first ${shown} of ${importance.length}` : ''}`}
      height={height}
      drawn={JSON.stringify(bars)}
      draw={(Plot, width) =>
        Plot.plot({
          ...{
            width,
            height,
            marginLeft: Math.min(180, width / 3),
            marginRight: 16,
            marginTop: 6,
            marginBottom: 30,
            style: plotStyle,
          },
          x: { label: null, grid: true, nice: true, ticks: 5 },
          y: { label: null, domain: bars.map(({ column }) => column), tickFormat: short },
          marks: [
            Plot.barX(bars, {
              x: 'value',
              y: 'column',
              fill: palette[0],
              fillOpacity: 0.85,
              insetTop: 2,
              insetBottom: 2,
            }),
            Plot.ruleX([0], { stroke: 'currentColor', strokeOpacity: 0.4 }),
          ],
        })
      }
      table={
        <DataTable
          label="Importance of columns"
          rows={importance}
          rowKey={({ column }) => column}
          maxHeight={240}
          columns={[
            { key: 'column', title: 'Column', value: ({ column }) => column, render: ({ column }) => column },
            {
              key: 'value',
              title: 'Importance',
              numeric: true,
              value: ({ value }) => value,
              render: ({ value }) => formatNumber(value),
            },
          ]}
        />
      }
    />
  )
}

const short = (name: string) => (name.length > 24 ? `${name.slice(0, 23)}…` : name)
