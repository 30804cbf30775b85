import type { ProgressOutput } from '../../../../lib/protocol/mime'
import { count, duration, measured } from '../format'
import { Bar } from './bar'
import classes from './training.module.css'

/** How far a loop of the person's own has come. */
export function Progress({ progress }: { progress: ProgressOutput }) {
  const { label, value, total, rate, remaining, done } = progress
  const facts = [
    total === undefined ? count(value) : `${count(value)} of ${count(total)}`,
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
