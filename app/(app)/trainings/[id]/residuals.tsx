'use client'

import type { TrainingResult } from '../../../../lib/protocol/training-result'
import { DataTable } from '../../../_ui/data-table'
import { PlotFigure, palette, plotStyle } from '../../../_ui/plot-figure'
import { formatCount } from '../../../_ui/units'
import { formatNumber } from '../../experiments/format'

const height = 280

/** By how much each answer was wrong. */
export function Residuals({
  residuals,
  target,
}: {
  residuals: NonNullable<TrainingResult['residuals']>
  target: string
}) {
  const { predicted, actual, of } = residuals
  const dots = predicted.map((value, i) => ({
    i,
    predicted: value,
    actual: actual[i]!,
    residual: actual[i]! - value,
  }))
  return (
    <PlotFigure
      title="Residuals"
      unit={`true − said, by what was said of ${target}${dots.length < of ? `; a sample of ${formatCount(dots.length)} of ${formatCount(of)} rows` : ''}`}
      height={height}
      drawn={JSON.stringify([dots.length, of, target])}
      draw={(Plot, width) =>
        Plot.plot({
          ...{
            width,
            height,
            marginLeft: 60,
            marginRight: 12,
            marginTop: 12,
            marginBottom: 36,
            style: plotStyle,
          },
          x: { label: 'said', nice: true },
          y: { label: null, nice: true, grid: true },
          marks: [
            Plot.ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.5 }),
            Plot.dot(dots, { x: 'predicted', y: 'residual', r: 2.6, fill: palette[0], fillOpacity: 0.55 }),
          ],
        })
      }
      table={
        <DataTable
          label="Residuals"
          rows={dots.slice(0, 500)}
          rowKey={({ i }) => String(i)}
          maxHeight={240}
          columns={[
            {
              key: 'predicted',
              title: 'Said',
              numeric: true,
              value: (dot) => dot.predicted,
              render: (dot) => formatNumber(dot.predicted),
            },
            {
              key: 'actual',
              title: 'True',
              numeric: true,
              value: (dot) => dot.actual,
              render: (dot) => formatNumber(dot.actual),
            },
            {
              key: 'residual',
              title: 'Residual',
              numeric: true,
              value: (dot) => dot.residual,
              render: (dot) => formatNumber(dot.residual),
            },
          ]}
        />
      }
    />
  )
}
