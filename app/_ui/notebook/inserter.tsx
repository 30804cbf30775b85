import { memo } from 'react'
import type { Actions } from './actions'
import classes from './cell.module.css'

type Props = { index: number; actions: Actions; last?: boolean }

/** The line between two cells, on which a new one is set. */
export const Inserter = memo(function Inserter({ index, actions, last }: Props) {
  return (
    <div className={classes.inserter} data-last={last || undefined}>
      <button
        type="button"
        onClick={() => actions.insert(index, 'code')}
        aria-label={`Insert code at ${index + 1}`}
      >
        Code
      </button>
      <button
        type="button"
        onClick={() => actions.insert(index, 'markdown')}
        aria-label={`Insert Markdown at ${index + 1}`}
      >
        Markdown
      </button>
      <button
        type="button"
        onClick={() => actions.insert(index, 'sql')}
        aria-label={`Insert SQL at ${index + 1}`}
      >
        SQL
      </button>
    </div>
  )
})
