import { Progress } from '@mantine/core'
import type { JobSummary } from '../../../../../lib/protocol/prediction-jobs'
import { formatCount } from '../../../../_ui/units'
import classes from './jobs.module.css'
import { describeRate } from './rate'

/** How far a job is: a bar with rows, rate and remaining time while it runs, then what came of its rows. */
export function JobProgress({ job, now }: { job: JobSummary; now: number }) {
  const { status, rows } = job
  const failed = rows.failed > 0 && `, ${formatCount(rows.failed)} failed`
  if (status === 'running' && job.kind === 'batch') {
    if (rows.total === null) return <span className={classes.quiet}>counting rows</span>
    return (
      <div className={classes.progress}>
        <Progress
          value={(100 * rows.done) / rows.total}
          aria-label={`${formatCount(rows.done)} of ${formatCount(rows.total)} rows`}
        />
        <span className={classes.quiet}>
          {formatCount(rows.done)} of {formatCount(rows.total)}
          {failed}
          {describeRate(job, now)}
        </span>
      </div>
    )
  }
  if (status === 'failed' && job.error) return <span className={classes.error}>{job.error}</span>
  if (rows.total === null) return <span className={classes.quiet}>–</span>
  const part = rows.done < rows.total ? `${formatCount(rows.done)} of ` : ''
  return (
    <span>
      {part}
      {formatCount(rows.total)}
      {failed}
    </span>
  )
}
