import { Button } from '@mantine/core'
import { formatCount } from '../../../../_ui/units'
import type { PendingCount } from './pending'
import classes from './pending-bar.module.css'

type Props = {
  count: PendingCount
  /** Number of the version that was edited, and of the newest. */
  parent: number
  head: number
  /** Whether the edits were left here when the page was closed. */
  found: boolean
  isKept: boolean
  /** Other tabs of the person that have unsaved changes, too. */
  others: number
  onDiscard: () => void
  onSave: () => void
}

/** What is not saved yet, and what can be done with it. */
export function PendingBar({ count, parent, head, found, isKept, others, onDiscard, onSave }: Props) {
  const words = [
    [count.changed, 'changed'],
    [count.added, 'new'],
    [count.deleted, 'deleted'],
  ] as const
  const said = words.filter(([rows]) => rows > 0).map(([rows, what]) => `${formatCount(rows)} ${what}`)
  return (
    <section className={classes.bar} aria-label="Unsaved changes">
      <p className={classes.text} role="status">
        <strong>Not saved yet:</strong> {said.join(', ')}
        {found && ', as you left them'}
        {parent < head && `; begun on version ${parent}, the newest is ${head}`}
        {others > 0 && '; another tab of yours has unsaved changes, too'}
        {!isKept && '; too many to survive a closed page, so save them soon'}
      </p>
      <Button size="compact-sm" variant="default" onClick={onDiscard}>
        Discard
      </Button>
      <Button size="compact-sm" onClick={onSave}>
        Save as version
      </Button>
    </section>
  )
}
