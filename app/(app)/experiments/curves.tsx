'use client'

import { useEffect, useRef } from 'react'
import type { Curve, RunState } from '../../../lib/protocol/runs'
import { DataTable } from '../../_ui/data-table'
import { PlotFigure, palette, plotStyle } from '../../_ui/plot-figure'
import { useLive } from '../../_ui/use-live'
import { formatNumber, runName } from './format'

export type Drawn = { id: string; name: string | null; state: RunState }

/** A metric of runs over its steps. */
export function Curves({ metric, runs }: { metric: string; runs: Drawn[] }) {
  const curves = useCurves(metric, runs)
  const lines = runs.flatMap((run, i) => {
    const points = curves[run.id]
    return points ? [{ id: run.id, name: runName(run), colour: palette[i % palette.length]!, points }] : []
  })
  const height = 240
  return (
    <PlotFigure
      title={metric}
      unit="by step"
      legend={lines}
      height={height}
      drawn={JSON.stringify(lines)}
      draw={(Plot, width) => {
        const data = lines.flatMap(({ id, name, points }) =>
          points.map(([step, value]) => ({ id, name, step, value: Number(value) })),
        )
        const finite = data.filter(({ value }) => Number.isFinite(value))
        return Plot.plot({
          width,
          height,
          marginLeft: 56,
          marginRight: 12,
          marginTop: 10,
          marginBottom: 26,
          style: plotStyle,
          x: { label: null, ticks: Math.max(3, Math.floor(width / 90)) },
          y: { label: null, grid: true, ticks: 5, nice: true },
          color: { domain: lines.map(({ id }) => id), range: lines.map(({ colour }) => colour) },
          marks: [
            Plot.lineY(data, { x: 'step', y: 'value', stroke: 'id', z: 'id', strokeWidth: 1.8 }),
            // A line of one point would not be seen.
            Plot.dot(finite, { x: 'step', y: 'value', fill: 'id', r: data.length < 60 ? 2.4 : 0 }),
            Plot.tip(
              finite,
              Plot.pointer({
                x: 'step',
                y: 'value',
                title: ({ name, step, value }: (typeof data)[number]) =>
                  `${name}\nstep ${step}: ${formatNumber(value)}`,
                fill: 'var(--cellar-surface)',
                stroke: 'var(--cellar-border)',
              }),
            ),
          ],
        })
      }}
      table={
        <DataTable
          label={`${metric} by run`}
          rows={lines}
          rowKey={({ id }) => id}
          maxHeight={240}
          columns={[
            { key: 'run', title: 'Run', render: ({ name }) => name },
            { key: 'points', title: 'Points', numeric: true, render: ({ points }) => points.length },
            {
              key: 'first',
              title: 'First',
              numeric: true,
              render: ({ points }) => formatNumber(points[0]![1]),
            },
            {
              key: 'last',
              title: 'Last',
              numeric: true,
              render: ({ points }) => formatNumber(points.at(-1)![1]),
            },
            {
              key: 'least',
              title: 'Least',
              numeric: true,
              render: ({ points }) => formatNumber(extreme(points, Math.min)),
            },
            {
              key: 'most',
              title: 'Greatest',
              numeric: true,
              render: ({ points }) => formatNumber(extreme(points, Math.max)),
            },
          ]}
        />
      }
    />
  )
}

const extreme = (points: Curve, choose: (...values: number[]) => number) =>
  choose(...points.map(([, value]) => Number(value)).filter((value) => !Number.isNaN(value)))

/** Read again while one of the runs goes on. */
function useCurves(metric: string, runs: Drawn[]) {
  const query = new URLSearchParams({ metric, runs: runs.map(({ id }) => id).join(',') })
  const live = runs.some(({ state }) => state === 'running')
  const { value, refresh } = useLive<{ curves: Record<string, Curve> }>(`/api/runs/curves?${query}`, {
    everyMs: () => (live ? 2000 : undefined),
  })
  const wasLive = useRef(live)
  useEffect(() => {
    // The last points come with the end of the run.
    if (wasLive.current && !live) void refresh()
    wasLive.current = live
  }, [live, refresh])
  return value?.curves ?? {}
}
