import type { Shadow, ShadowSide } from '../../../../../../../lib/shadows/list'
import { type Column, DataTable } from '../../../../../../_ui/data-table'
import { formatCount, formatDifference, formatMs, formatShare } from '../../../../../../_ui/units'
import type { Wire } from '../../../../../../_ui/wire'
import classes from './shadow.module.css'

type Props = { shadow: Wire<Shadow>; version: string }
type Line = ShadowSide & { who: string; labels: number; requests: number }

/** What came of the copies: whether both decide alike, and how each of the two did. */
export function ShadowFigures({ shadow, version }: Props) {
  const { requests, compared, agreed, difference, dropped, labels, problem } = shadow
  const lines: Line[] = [
    { who: 'Answered', ...shadow.real, labels, requests },
    { who: `${version}, shadow`, ...shadow.shadow, labels, requests },
  ]
  return (
    <>
      <dl className={classes.facts}>
        <Fact name="Copies" value={formatCount(requests)} />
        <Fact name="Agreement" value={formatShare(agreed, compared)} />
        <Fact
          name="Largest difference"
          value={
            difference === null
              ? '–'
              : difference < 1e-3
                ? formatDifference(difference)
                : difference.toPrecision(3)
          }
        />
        <Fact name="Let go under load" value={formatCount(dropped)} />
      </dl>
      {requests > 0 && (
        <DataTable label="Answers and shadow" columns={columns} rows={lines} rowKey={({ who }) => who} />
      )}
      {problem && (
        <p className={classes.problem}>
          What went wrong most often: <span>{problem}</span>
        </p>
      )}
    </>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

const columns: Column<Line>[] = [
  { key: 'who', title: 'Version', render: ({ who }) => who },
  {
    key: 'errors',
    title: 'Errors',
    numeric: true,
    render: ({ errors, requests }) => formatShare(errors, requests),
  },
  { key: 'p50', title: 'p50', numeric: true, render: ({ p50 }) => formatMs(p50) },
  { key: 'p95', title: 'p95', numeric: true, wide: true, render: ({ p95 }) => formatMs(p95) },
  { key: 'p99', title: 'p99', numeric: true, wide: true, render: ({ p99 }) => formatMs(p99) },
  {
    key: 'right',
    title: 'Right, of the labelled',
    numeric: true,
    render: ({ right, labels }) =>
      labels === 0 ? '–' : `${formatShare(right, labels)} of ${formatCount(labels)}`,
  },
]
