'use client'

import { DataTable } from '../../../_ui/data-table'
import { PlotFigure, palette, plotStyle } from '../../../_ui/plot-figure'
import { formatNumber } from '../../experiments/format'

const height = 220

/** A number over the steps of a training. */
export function CurveFigure({ name, points }: { name: string; points: [number, number][] }) {
  return (
    <PlotFigure
      title={name}
      unit="by step"
      height={height}
      drawn={JSON.stringify(points)}
      draw={(Plot, width) =>
        Plot.plot({
          ...{
            width,
            height,
            marginLeft: 60,
            marginRight: 12,
            marginTop: 10,
            marginBottom: 26,
            style: plotStyle,
          },
          x: { label: null, ticks: Math.max(3, Math.floor(width / 90)) },
          y: { label: null, grid: true, ticks: 5, nice: true },
          marks: [
            Plot.lineY(points, { x: '0', y: '1', stroke: palette[0], strokeWidth: 1.8 }),
            Plot.dot(points, { x: '0', y: '1', fill: palette[0], r: points.length < 60 ? 2.4 : 0 }),
          ],
        })
      }
      table={
        <DataTable
          label={`${name} by step`}
          rows={points}
          rowKey={([step]) => String(step)}
          maxHeight={240}
          columns={[
            { key: 'step', title: 'Step', numeric: true, render: ([step]) => formatNumber(step) },
            { key: 'value', title: name, numeric: true, render: ([, value]) => formatNumber(value) },
          ]}
        />
      }
    />
  )
}
