import type { QueueStatus } from '../../../lib/status/read'
import { formatCount } from '../../_ui/units'
import classes from './status.module.css'

const names: Record<string, string> = {
  predict: 'Predictions, in batches',
  check: 'Self-tests of versions',
  import: 'Uploaded models',
  study: 'Studies of artifacts',
}

/** How many jobs wait in each queue. */
export function Queues({ queues }: { queues: QueueStatus[] }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Queue</th>
          <th scope="col">Waiting</th>
          <th scope="col">Active</th>
          <th scope="col">Failed</th>
        </tr>
      </thead>
      <tbody>
        {queues.map(({ name, waiting, active, failed }) => (
          <tr key={name}>
            <th scope="row">{names[name] ?? name}</th>
            <td>{formatCount(waiting)}</td>
            <td>{formatCount(active)}</td>
            <td data-tone={failed > 0 ? 'bad' : undefined}>{formatCount(failed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
