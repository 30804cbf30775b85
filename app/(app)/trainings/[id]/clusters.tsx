'use client'

import type { Clusters as Found } from '../../../../lib/protocol/training-result'
import { DataTable } from '../../../_ui/data-table'
import { Section } from '../../../_ui/page'
import { palette } from '../../../_ui/plot-figure'
import { formatCount, formatShare } from '../../../_ui/units'
import { formatNumber } from '../../experiments/format'
import classes from '../trainings.module.css'
import { ClusterScatter } from './cluster-scatter'
import { ElbowFigure } from './elbow-figure'

/** Clusters as a picture, their sizes and their middles. */
export function Clusters({ clusters }: { clusters: Found }) {
  const { sizes, centers, silhouette, elbow, sample } = clusters
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const rows = sizes.map((size, cluster) => ({ cluster, size, center: centers.values[cluster] ?? [] }))
  return (
    <>
      {sample.columns.length > 0 && (
        <Section title="Clusters">
          <ClusterScatter clusters={clusters} />
        </Section>
      )}
      <Section
        title="Sizes and centres"
        description={
          silhouette.value === null
            ? undefined
            : `Silhouette ${formatNumber(silhouette.value)}${silhouette.rows < total ? `, of a sample of ${formatCount(silhouette.rows)} rows` : ''}: from −1, in the wrong cluster, to 1, far from all others.`
        }
      >
        <DataTable
          label="Clusters"
          rows={rows}
          rowKey={({ cluster }) => String(cluster)}
          maxHeight={420}
          columns={[
            {
              key: 'cluster',
              title: 'Cluster',
              width: 90,
              value: ({ cluster }) => cluster,
              render: ({ cluster }) => (
                <span className={classes.axes}>
                  <i
                    aria-hidden
                    style={{
                      width: 10,
                      height: 10,
                      borderRadius: 3,
                      background: palette[cluster % palette.length],
                    }}
                  />
                  {cluster}
                </span>
              ),
            },
            {
              key: 'size',
              title: 'Rows',
              numeric: true,
              value: ({ size }) => size,
              render: ({ size }) => `${formatCount(size)} (${formatShare(size, total)})`,
            },
            ...centers.columns.map((name, i) => ({
              key: `center ${name}`,
              title: name,
              numeric: true,
              render: ({ center }: (typeof rows)[number]) => formatNumber(center[i] ?? Number.NaN),
            })),
          ]}
        />
      </Section>
      {elbow.length > 1 && (
        <Section
          title="How many clusters"
          description="Where the cost bends, more clusters stop to help; the silhouette is highest where they are told apart best."
        >
          <ElbowFigure elbow={elbow} k={sizes.length} />
        </Section>
      )}
    </>
  )
}
