import type { Point } from '../../../lib/status/history'
import type { MachineStatus, Status } from '../../../lib/status/read'
import { RelativeTime } from '../../_ui/relative-time'
import { StatusDot } from '../../_ui/status-dot'
import { Sparkline } from './sparkline'
import classes from './status.module.css'

type Shown = { value: string; of?: string }

export type Measure = {
  /** Of a machine that is there: a short value, and what it is of. Undefined where the machine has no such thing. */
  now(machine: MachineStatus & { sample: NonNullable<MachineStatus['sample']> }): Shown | undefined
  past(point: Point): number | null
  /** The value at the top of the chart, where it does not follow the largest. */
  top?: number
  /** What to say where no machine has such a thing. */
  none?: string
}

/** One figure of every machine, with its last hour. */
export function ByMachine({ status, measure, label }: { status: Status; measure: Measure; label: string }) {
  const machines = status.machines.flatMap((machine): { machine: MachineStatus; shown: Shown | null }[] => {
    const { sample } = machine
    if (!sample) return [{ machine, shown: null }]
    const shown = measure.now({ ...machine, sample })
    return shown ? [{ machine, shown }] : []
  })
  if (machines.length === 0) return <p className={classes.none}>{measure.none ?? 'No machine has joined.'}</p>
  return (
    <ul className={classes.machines}>
      {machines.map(({ machine: { name, awaySince, history }, shown }) => (
        <li key={name}>
          <div className={classes.reading}>
            {shown ? <strong>{shown.value}</strong> : <Away since={awaySince} />}
            {shown?.of && <span>{shown.of}</span>}
            <span className={classes.machine} title={name}>
              {name}
            </span>
          </div>
          <Sparkline
            points={history.map((point) => ({ at: point.at, value: measure.past(point) }))}
            top={measure.top}
            now={status.at}
            label={`${label} of ${name} in the last hour${shown ? `, now ${shown.value}` : ''}`}
          />
        </li>
      ))}
    </ul>
  )
}

/** Says of a machine that it is not there, and since when. */
export function Away({ since }: { since: number | null }) {
  return (
    <StatusDot tone="bad">
      {since === null ? (
        'never seen'
      ) : (
        <>
          away, last seen <RelativeTime at={new Date(since).toISOString()} />
        </>
      )}
    </StatusDot>
  )
}
