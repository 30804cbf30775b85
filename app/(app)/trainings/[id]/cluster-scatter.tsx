'use client'

import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Clusters } from '../../../../lib/protocol/training-result'
import { AxesSelect } from '../../../_ui/axes-select'
import { DataTable } from '../../../_ui/data-table'
import { PlotFigure, palette, plotStyle } from '../../../_ui/plot-figure'
import { formatCount } from '../../../_ui/units'
import { formatNumber } from '../../experiments/format'
import { pairsOf } from './pairs'

const height = 380

/** Rows by any two columns, coloured by cluster, with the clusters' middles. */
export function ClusterScatter({ clusters: { sample, centers, sizes } }: { clusters: Clusters }) {
  const names = sample.columns.map(({ name }) => name)
  const pairs = pairsOf(names)
  const first = pairs.at(-1)
  const [x, setX] = useState(first?.x ?? names[0]!)
  const [y, setY] = useState(first?.y ?? names[1] ?? names[0]!)
  const valuesOf = (name: string) => sample.columns.find((column) => column.name === name)?.values ?? []
  const [xs, ys] = [valuesOf(x), valuesOf(y)]
  const dots = sample.labels.flatMap((cluster, i) => {
    const [a, b] = [xs[i], ys[i]]
    return a != null && b != null ? [{ x: a, y: b, cluster }] : []
  })
  const middles = sizes.flatMap((size, cluster) => {
    const [a, b] = [x, y].map((name) => centers.values[cluster]?.[centers.columns.indexOf(name)])
    return size > 0 && a !== undefined && b !== undefined ? [{ x: a, y: b, cluster }] : []
  })
  const colour = (cluster: number) => palette[cluster % palette.length]!
  const pair = pairs.find((each) => each.x === x && each.y === y)
  return (
    <PlotFigure
      title={
        <AxesSelect
          first={{ label: 'Across', names, value: x, onChange: setX }}
          second={{ label: 'Up', names, value: y, onChange: setY }}
        >
          {pairs.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label="Pairs of columns"
              data={[...pairs.map(({ name }) => name), ...(pair ? [] : [{ value: '', label: 'other' }])]}
              value={pair?.name ?? ''}
              onChange={(name) => {
                const chosen = pairs.find((each) => each.name === name)
                if (!chosen) return
                setX(chosen.x)
                setY(chosen.y)
              }}
            />
          )}
        </AxesSelect>
      }
      unit={
        sample.labels.length < sample.of
          ? `a sample of ${formatCount(sample.labels.length)} of ${formatCount(sample.of)} rows`
          : `${formatCount(sample.of)} rows`
      }
      legend={sizes
        .slice(0, palette.length)
        .map((_, cluster) => ({ name: `cluster ${cluster}`, colour: colour(cluster) }))}
      height={height}
      drawn={JSON.stringify([x, y, dots.length])}
      draw={(Plot, width) =>
        Plot.plot({
          ...{
            width,
            height,
            marginLeft: 52,
            marginRight: 12,
            marginTop: 28,
            marginBottom: 40,
            style: plotStyle,
          },
          x: { label: x, nice: true, grid: true },
          y: { label: y, nice: true, grid: true },
          marks: [
            Plot.dot(dots, {
              ...{ x: 'x', y: 'y', r: dots.length > 1000 ? 2.4 : 3.6, fillOpacity: 0.65 },
              fill: ({ cluster }: (typeof dots)[number]) => colour(cluster),
            }),
            Plot.dot(middles, {
              ...{ x: 'x', y: 'y', r: 8, symbol: 'cross', strokeWidth: 1.5, stroke: 'currentColor' },
              fill: ({ cluster }: (typeof dots)[number]) => colour(cluster),
            }),
            Plot.tip(
              dots,
              Plot.pointer({
                ...{ x: 'x', y: 'y', fill: 'var(--cellar-surface)', stroke: 'var(--cellar-border)' },
                title: (dot: (typeof dots)[number]) =>
                  `cluster ${dot.cluster}\n${x} ${formatNumber(dot.x)}\n${y} ${formatNumber(dot.y)}`,
              }),
            ),
          ],
        })
      }
      table={
        <DataTable
          label={`${y} by ${x}, with clusters`}
          rows={dots.slice(0, 500).map((dot, i) => ({ ...dot, i }))}
          rowKey={({ i }) => String(i)}
          maxHeight={240}
          columns={[
            {
              key: 'cluster',
              title: 'Cluster',
              numeric: true,
              value: ({ cluster }) => cluster,
              render: ({ cluster }) => cluster,
            },
            {
              key: 'x',
              title: x,
              numeric: true,
              value: (dot) => dot.x,
              render: (dot) => formatNumber(dot.x),
            },
            {
              key: 'y',
              title: y,
              numeric: true,
              value: (dot) => dot.y,
              render: (dot) => formatNumber(dot.y),
            },
          ]}
        />
      }
    />
  )
}
