import type { Series } from '../../../../../lib/monitoring/figures'
import { type Column, DataTable } from '../../../../_ui/data-table'
import { formatCount, formatMs, formatShare } from '../../../../_ui/units'

/** Figures of each version over the whole range. */
export const ByVersion = ({ series }: { series: Series[] }) => (
  <DataTable
    label="Figures by version"
    columns={columns}
    rows={series}
    rowKey={({ version }) => version ?? 'all'}
  />
)

const columns: Column<Series>[] = [
  { key: 'version', title: 'Version', render: ({ version }) => version ?? 'All' },
  { key: 'requests', title: 'Requests', numeric: true, render: ({ total }) => formatCount(total.requests) },
  {
    key: 'errors',
    title: 'Errors',
    numeric: true,
    render: ({ total }) => formatShare(total.errors, total.requests),
  },
  {
    key: 'refused',
    title: 'Refused',
    numeric: true,
    wide: true,
    render: ({ total }) => formatShare(total.refused, total.requests),
  },
  { key: 'p50', title: 'p50', numeric: true, render: ({ total }) => formatMs(total.p50) },
  { key: 'p95', title: 'p95', numeric: true, wide: true, render: ({ total }) => formatMs(total.p95) },
  { key: 'p99', title: 'p99', numeric: true, render: ({ total }) => formatMs(total.p99) },
  {
    key: 'wait',
    title: 'Before the model, p50',
    numeric: true,
    wide: true,
    render: ({ total }) => formatMs(total.waitP50),
  },
  {
    key: 'model',
    title: 'In the model, p50',
    numeric: true,
    wide: true,
    render: ({ total }) => formatMs(total.modelP50),
  },
  {
    key: 'batch',
    title: 'Batch',
    numeric: true,
    wide: true,
    render: ({ total }) => (total.batch === null ? '–' : total.batch.toFixed(1)),
  },
]
