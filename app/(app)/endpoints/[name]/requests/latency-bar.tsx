import type { RequestDetail } from '../../../../../lib/requests/detail'
import { formatMs } from '../../../../_ui/units'
import type { Wire } from '../../../../_ui/wire'
import classes from './requests.module.css'

/** Where a request's time went. */
export function LatencyBar({ request }: { request: Wire<RequestDetail> }) {
  const { latencyMs, batchWaitMs, queueMs, modelMs } = request
  const known = [
    { name: 'waiting for a batch', ms: batchWaitMs, tone: 'wait' },
    { name: 'queue and way', ms: queueMs, tone: 'queue' },
    { name: 'model', ms: modelMs, tone: 'model' },
  ]
  const rest = latencyMs - known.reduce((sum, { ms }) => sum + (ms ?? 0), 0)
  const parts = [...known, { name: 'reading and answering', ms: Math.max(0, rest), tone: 'rest' }].filter(
    (part): part is typeof part & { ms: number } => part.ms !== null,
  )
  return (
    <div>
      <div className={classes.parts} aria-hidden>
        {parts.map(({ name, ms, tone }) => (
          <span key={name} data-tone={tone} style={{ flexGrow: ms }} />
        ))}
      </div>
      <dl className={classes.legend}>
        <div>
          <dt>in all</dt>
          <dd>{formatMs(latencyMs)}</dd>
        </div>
        {parts.map(({ name, ms, tone }) => (
          <div key={name}>
            <dt data-tone={tone}>{name}</dt>
            <dd>{formatMs(ms)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
