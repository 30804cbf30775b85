'use client'

import type { Clusters } from '../../../../lib/protocol/training-result'
import { DataTable } from '../../../_ui/data-table'
import { PlotFigure, palette, plotStyle } from '../../../_ui/plot-figure'
import { formatNumber } from '../../experiments/format'

const height = 240

/** What each number of clusters costs; the one of this training is marked. */
export function ElbowFigure({ elbow, k }: { elbow: Clusters['elbow']; k: number }) {
  return (
    <PlotFigure
      title="Cost"
      unit="by number of clusters"
      height={height}
      drawn={JSON.stringify(elbow)}
      draw={(Plot, width) =>
        Plot.plot({
          ...{
            width,
            height,
            marginLeft: 64,
            marginRight: 12,
            marginTop: 10,
            marginBottom: 36,
            style: plotStyle,
          },
          x: { label: 'k', ticks: elbow.map((point) => point.k), tickFormat: 'd' },
          y: { label: null, grid: true, zero: true, nice: true },
          marks: [
            Plot.ruleX([k], { stroke: 'currentColor', strokeOpacity: 0.4, strokeDasharray: '3 3' }),
            Plot.lineY(elbow, { x: 'k', y: 'cost', stroke: palette[0], strokeWidth: 1.8 }),
            Plot.dot(elbow, { x: 'k', y: 'cost', fill: palette[0], r: 3.4 }),
          ],
        })
      }
      table={
        <DataTable
          label="Cost by number of clusters"
          rows={elbow}
          rowKey={(point) => String(point.k)}
          maxHeight={240}
          columns={[
            { key: 'k', title: 'k', numeric: true, render: (point) => point.k },
            { key: 'cost', title: 'Cost', numeric: true, render: ({ cost }) => formatNumber(cost) },
            {
              key: 'silhouette',
              title: 'Silhouette',
              numeric: true,
              render: ({ silhouette }) => (silhouette === null ? '–' : formatNumber(silhouette)),
            },
          ]}
        />
      }
    />
  )
}
