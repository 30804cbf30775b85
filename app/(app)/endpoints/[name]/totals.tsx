import type { EndpointPage } from '../../../../lib/registry/page'
import { formatCount, formatMs, formatShare } from '../../../_ui/units'
import type { Wire } from '../../../_ui/wire'
import classes from './endpoint.module.css'

type Props = { summary: Wire<EndpointPage>['summary']; recent: Wire<EndpointPage>['recent'] }

/** Figures of the last 24 hours, and the latency of the newest requests, oldest at the left. */
export function Totals({ summary, recent }: Props) {
  const figures = [
    { name: 'Requests, 24 h', value: formatCount(summary.predictions) },
    { name: 'Errors', value: formatShare(summary.failures, summary.predictions) },
    { name: 'Latency p50', value: formatMs(summary.p50) },
    { name: 'Latency p99', value: formatMs(summary.p99) },
  ]
  return (
    <div className={classes.totals}>
      <dl className={classes.figures}>
        {figures.map(({ name, value }) => (
          <div key={name} className={classes.figure}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Latencies recent={recent} />
    </div>
  )
}

const width = 240
const height = 44

function Latencies({ recent }: { recent: Props['recent'] }) {
  if (recent.length === 0) return null
  const largest = Math.max(...recent.map(({ latencyMs }) => latencyMs))
  const step = width / 50
  const label = `Latency of the newest ${recent.length} requests, up to ${formatMs(largest)}`
  return (
    <figure className={classes.latencies}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
        {recent.toReversed().map(({ requestId, latencyMs, status }, i) => {
          const tall = Math.max(2, (height * latencyMs) / largest)
          return (
            <rect
              key={requestId}
              x={(50 - recent.length + i) * step}
              y={height - tall}
              width={step - 1.5}
              height={tall}
              rx={1}
              className={status < 400 ? classes.bar : classes.badBar}
            />
          )
        })}
      </svg>
      <figcaption>Newest requests, up to {formatMs(largest)}</figcaption>
    </figure>
  )
}
