import type { Figures, Point, Series } from '../../../../../lib/monitoring/figures'
import { formatCount, formatMs } from '../../../../_ui/units'
import { Chart, type Line } from './chart'
import classes from './monitoring.module.css'

type Props = {
  shown: Series
  /** Each version, for what is told apart by version where all are shown. */
  versions: Series[]
  stepMs: number
}

/** The colours of lines, by what they tell apart. */
const colours = ['accent', 'running', 'stale', 'done', 'queued'].map((name) => `var(--cellar-${name})`)

/** Requests, errors, latency, its parts and batches over time. */
export function Charts({ shown, versions, stepMs }: Props) {
  const apart = shown.version === null && versions.length > 1 ? versions : [shown]
  const common = { stepMs }
  return (
    <div className={classes.charts}>
      <Chart
        {...common}
        title="Requests"
        unit={`per ${stepName(stepMs)}`}
        kind="bars"
        lines={apart.map((series, i) => line(series, series.version ?? 'all', i, ({ requests }) => requests))}
        format={formatCount}
      />
      <Chart
        {...common}
        title="Failed"
        unit="share of requests"
        kind="lines"
        lines={[
          line(shown, 'errors (500 and above)', 0, share('errors'), 'var(--cellar-failed)'),
          line(shown, 'refused (400 to 499)', 0, share('refused'), 'var(--cellar-stale)'),
        ]}
        format={(value) => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`}
      />
      <Chart
        {...common}
        title="Latency"
        unit="of answered requests"
        kind="lines"
        lines={(['p50', 'p95', 'p99'] as const).map((name, i) =>
          line(shown, name, i, (point) => point[name]),
        )}
        format={formatMs}
      />
      <Chart
        {...common}
        title="Where it goes"
        unit="before the model, and in it"
        kind="lines"
        lines={[
          line(shown, 'before, p50', 0, ({ waitP50 }) => waitP50),
          line(shown, 'before, p95', 1, ({ waitP95 }) => waitP95),
          line(shown, 'model, p50', 2, ({ modelP50 }) => modelP50),
          line(shown, 'model, p95', 3, ({ modelP95 }) => modelP95),
        ]}
        format={formatMs}
      />
      {apart.length > 1 && (
        <Chart
          {...common}
          title="Latency p95 by version"
          unit="of answered requests"
          kind="lines"
          lines={apart.map((series, i) => line(series, series.version!, i, ({ p95 }) => p95))}
          format={formatMs}
        />
      )}
      <Chart
        {...common}
        title="Batches"
        unit="requests in one model call, on average"
        kind="lines"
        lines={apart.map((series, i) => line(series, series.version ?? 'all', i, ({ batch }) => batch))}
        format={(value) => value.toFixed(1)}
      />
    </div>
  )
}

function line(
  { points }: Series,
  name: string,
  i: number,
  value: (point: Point) => number | null,
  colour = colours[i % colours.length]!,
): Line {
  return { name, colour, points: points.map((point) => ({ at: point.at, value: value(point) })) }
}

const share = (name: 'errors' | 'refused') => (point: Figures) =>
  point.requests === 0 ? null : point[name] / point.requests

function stepName(ms: number) {
  const minutes = ms / 60_000
  if (minutes === 1) return 'minute'
  return minutes < 60 ? `${minutes} min` : `${minutes / 60} h`
}
