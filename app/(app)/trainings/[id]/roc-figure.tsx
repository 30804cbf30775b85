'use client'

import { DataTable } from '../../../_ui/data-table'
import { PlotFigure, palette, plotStyle } from '../../../_ui/plot-figure'
import { formatNumber } from '../../experiments/format'

const height = 280

/** How many of a class are found, by how many others are taken for it. */
export function RocFigure({ points, of }: { points: [number, number][]; of: string }) {
  return (
    <PlotFigure
      title={`ROC of ${of}`}
      unit="found, by others let in"
      height={height}
      drawn={JSON.stringify(points)}
      draw={(Plot, width) =>
        Plot.plot({
          ...{
            width,
            height,
            marginLeft: 44,
            marginRight: 12,
            marginTop: 12,
            marginBottom: 36,
            style: plotStyle,
          },
          x: { label: 'others let in', domain: [0, 1], ticks: 5, tickFormat: '.0%' },
          y: { label: null, domain: [0, 1], ticks: 5, grid: true, tickFormat: '.0%' },
          marks: [
            Plot.line(
              [
                [0, 0],
                [1, 1],
              ],
              { stroke: 'currentColor', strokeOpacity: 0.3, strokeDasharray: '3 3' },
            ),
            Plot.line(points, { stroke: palette[0], strokeWidth: 1.8 }),
          ],
        })
      }
      table={
        <DataTable
          label={`ROC of ${of}`}
          rows={points.map(([others, found], i) => ({ others, found, i }))}
          rowKey={({ i }) => String(i)}
          maxHeight={240}
          columns={[
            {
              key: 'others',
              title: 'Others let in',
              numeric: true,
              render: ({ others }) => formatNumber(others),
            },
            { key: 'found', title: 'Found', numeric: true, render: ({ found }) => formatNumber(found) },
          ]}
        />
      }
    />
  )
}
