'use client'

import { useState } from 'react'
import { AxesSelect } from '../../_ui/axes-select'
import { DataTable } from '../../_ui/data-table'
import { PlotFigure, palette, plotStyle } from '../../_ui/plot-figure'
import { formatNumber, formatParam, runName } from './format'
import type { Row } from './runs-table'

/** A metric against a parameter, a dot for each run. */
export function Scatter({ rows, params, metrics }: { rows: Row[]; params: string[]; metrics: string[] }) {
  const [param = params[0]!, setParam] = useState<string>()
  const [metric = metrics[0]!, setMetric] = useState<string>()
  const dots = rows.flatMap((row) => {
    const x = row.params[param]
    const y = row.metrics[metric]?.last
    return x != null && typeof y === 'number' ? [{ id: row.id, name: runName(row), x, y }] : []
  })
  const numeric = dots.every(({ x }) => typeof x === 'number')
  const height = 240
  return (
    <PlotFigure
      title={
        <AxesSelect
          first={{ label: 'Metric', names: metrics, value: metric, onChange: setMetric }}
          second={{ label: 'Parameter', names: params, value: param, onChange: setParam }}
        />
      }
      height={height}
      drawn={JSON.stringify([dots, numeric])}
      draw={(Plot, width) =>
        Plot.plot({
          width,
          height,
          marginLeft: 56,
          marginRight: 12,
          marginTop: 10,
          marginBottom: 28,
          style: plotStyle,
          x: numeric ? { label: null, nice: true } : { type: 'point', label: null, padding: 0.6 },
          y: { label: null, grid: true, ticks: 5, nice: true },
          marks: [
            Plot.dot(dots, { x: 'x', y: 'y', fill: palette[0], fillOpacity: 0.75, r: 4 }),
            Plot.tip(
              dots,
              Plot.pointer({
                x: 'x',
                y: 'y',
                title: ({ name, x, y }: (typeof dots)[number]) =>
                  `${name}\n${param} ${formatParam(x)}\n${metric} ${formatNumber(y)}`,
                fill: 'var(--cellar-surface)',
                stroke: 'var(--cellar-border)',
              }),
            ),
          ],
        })
      }
      table={
        <DataTable
          label={`${metric} by ${param}`}
          rows={dots}
          rowKey={({ id }) => id}
          maxHeight={240}
          columns={[
            { key: 'run', title: 'Run', render: ({ name }) => name },
            { key: 'x', title: param, numeric, render: ({ x }) => formatParam(x) },
            {
              key: 'y',
              title: metric,
              numeric: true,
              value: ({ y }) => y,
              render: ({ y }) => formatNumber(y),
            },
          ]}
        />
      }
    />
  )
}
