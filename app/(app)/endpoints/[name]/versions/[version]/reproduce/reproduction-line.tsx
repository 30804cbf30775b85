import { Button, Progress } from '@mantine/core'
import { Folded, Log } from '../../../../../../_ui/folded'
import { RelativeTime } from '../../../../../../_ui/relative-time'
import { StatusDot } from '../../../../../../_ui/status-dot'
import { formatMs } from '../../../../../../_ui/units'
import { finding, labels, tones } from './findings'
import classes from './reproduce.module.css'
import type { Reproduction } from './use-reproductions'

type Props = { of: Reproduction; onCancel?: () => void }

/** One time that the cells ran again: how far it is, or what came of it. */
export function ReproductionLine({ of, onCancel }: Props) {
  const { state, changed, cells, cellsDone, trace, by, startedAt, endedAt } = of
  const running = state === 'running'
  return (
    <li>
      <article aria-label={`Reproduction: ${labels[state]}`} data-state={state}>
        <header className={classes.head}>
          <StatusDot tone={tones[state]}>{labels[state]}</StatusDot>
          <span className={classes.meta}>
            <RelativeTime at={startedAt} />
            {by && ` by ${by}`}
            {endedAt && `, took ${formatMs(Date.parse(endedAt) - Date.parse(startedAt))}`}
          </span>
          {running && onCancel && (
            <Button variant="default" size="compact-sm" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </header>
        {changed.length > 0 && (
          <p className={classes.changed}>
            {changed.length === 1 ? 'This data is' : 'These data are'} not what the version was made of:{' '}
            {changed.join(', ')}
          </p>
        )}
        <p className={classes.finding}>{finding(of)}</p>
        {running && (
          <div className={classes.progress}>
            <Progress
              value={(100 * cellsDone) / Math.max(1, cells)}
              size="sm"
              aria-label="Cells that have run"
            />
            <span className={classes.meta}>
              {cellsDone} of {cells} {cells === 1 ? 'cell' : 'cells'}
            </span>
          </div>
        )}
        {trace && (
          <Folded summary="Trace">
            <Log>{trace}</Log>
          </Folded>
        )}
      </article>
    </li>
  )
}
