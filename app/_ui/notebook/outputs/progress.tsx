import type { ProgressOutput } from '../../../../lib/protocol/mime'
import { formatCount } from '../../units'
import { duration, measured } from '../format'
import { Bar } from './bar'
import classes from './training.module.css'

/** What is counted may be a part of something, as of an epoch. */
const amount = (value: number) => (Number.isInteger(value) ? formatCount(value) : measured(value))

/** How far a loop of the person's own has come. */
export function Progress({ progress }: { progress: ProgressOutput }) {
  const { label, value, total, rate, remaining, done } = progress
  const facts = [
    total === undefined ? amount(value) : `${amount(value)} of ${amount(total)}`,
    rate !== undefined && `${measured(rate)}/s`,
    !done && remaining !== undefined && `${duration(remaining * 1000)} left`,
    done && 'done',
  ].filter(Boolean)
  return (
    <div className={classes.progress}>
      <div className={classes.row}>
        <b>{label}</b>
        <span className={classes.facts}>{facts.join(' · ')}</span>
      </div>
      <Bar label={label} part={total ? value / total : done ? 1 : undefined} done={done} />
    </div>
  )
}
