import type { ImportPreview } from '../../../../lib/protocol/dataset-import'
import { formatCount } from '../../../_ui/units'
import classes from './new.module.css'

/** The lines of a file that cannot be rows. */
export function Rejected({ rejected: { count, examples } }: { rejected: ImportPreview['rejected'] }) {
  return (
    <div className={classes.refused} role="alert">
      {count === 1 ? 'One line is no row' : `${formatCount(count)} lines are no rows`}; mend the file, or
      leave {count === 1 ? 'it' : 'them'} out:
      <ul>
        {examples.map(({ line, reason, text }) => (
          <li key={line}>
            Line {formatCount(line)} {reason}: <code>{text}</code>
          </li>
        ))}
        {count > examples.length && <li>and {formatCount(count - examples.length)} more</li>}
      </ul>
    </div>
  )
}
