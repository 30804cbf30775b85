import { formatBytes, formatCount } from '../../../units'
import { useView } from '../../context'
import { sentence } from '../../format'
import classes from './variables.module.css'

/** What the kernel holds and does, live. */
export function Figures({ waiting, failure }: { waiting: boolean; failure: string | undefined }) {
  const stats = useView((view) => view.stats)
  const busy = useView((view) => view.kernel.kernel.state === 'busy')
  return (
    <>
      {stats && (
        <dl className={classes.figures}>
          <Figure name="Memory" value={formatBytes(stats.memory)} />
          <Figure name="CPU" value={`${Math.round(stats.cpu * 100)} %`} />
          {stats.tensors !== undefined && <Figure name="Tensors" value={formatCount(stats.tensors)} />}
          {stats.tensorBytes !== undefined && (
            <Figure name="In tensors" value={formatBytes(stats.tensorBytes)} />
          )}
        </dl>
      )}
      {failure ? (
        <p className={classes.failure} role="status">
          {sentence(failure)} These are the variables as they were.
        </p>
      ) : (
        waiting &&
        busy && (
          <p className={classes.failure} role="status">
            A cell runs; these are the variables as they were.
          </p>
        )
      )}
    </>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
