import type { AbFigures } from '../../../../lib/protocol/abtests'
import { type Column, DataTable } from '../../../_ui/data-table'
import { formatCount, formatMs, formatShare } from '../../../_ui/units'
import classes from './endpoint.module.css'

/** What is known of each version in a test. */
export const AbFiguresTable = ({ figures }: { figures: AbFigures[] }) => (
  <DataTable
    label="Versions in the test"
    columns={columns}
    rows={figures}
    rowKey={({ version }) => version}
  />
)

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

const columns: Column<AbFigures>[] = [
  {
    key: 'version',
    title: 'Version',
    render: ({ version, p }) => (p === null ? `${version}, control` : version),
  },
  { key: 'weight', title: 'Share', numeric: true, wide: true, render: ({ weight }) => percent(weight) },
  { key: 'requests', title: 'Requests', numeric: true, render: ({ requests }) => formatCount(requests) },
  {
    key: 'errors',
    title: 'Errors',
    numeric: true,
    wide: true,
    render: ({ errors, requests }) => formatShare(errors, requests),
  },
  { key: 'p50', title: 'p50', numeric: true, wide: true, render: ({ p50 }) => formatMs(p50) },
  { key: 'p99', title: 'p99', numeric: true, wide: true, render: ({ p99 }) => formatMs(p99) },
  { key: 'labels', title: 'Labels', numeric: true, render: ({ labels }) => formatCount(labels) },
  { key: 'accuracy', title: 'Right, with 95 % interval', render: (figures) => <Accuracy {...figures} /> },
  {
    key: 'p',
    title: 'p',
    numeric: true,
    wide: true,
    render: ({ p }) => (p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3)),
  },
]

const width = 96

function Accuracy({ accuracy }: AbFigures) {
  if (!accuracy) return <>–</>
  const { share, low, high } = accuracy
  const label = `${percent(share)}, from ${percent(low)} to ${percent(high)}`
  return (
    <span className={classes.accuracy} title={label}>
      <span>{percent(share)}</span>
      <svg viewBox={`0 0 ${width} 12`} width={width} height={12} role="img" aria-label={label}>
        <line x1={0} x2={width} y1={6} y2={6} className={classes.track} />
        <line x1={low * width} x2={high * width} y1={6} y2={6} className={classes.interval} />
        <circle cx={share * width} cy={6} r={3.5} className={classes.point} />
      </svg>
    </span>
  )
}
