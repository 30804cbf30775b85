import { IconPlus } from '@tabler/icons-react'
import type { Actions } from './actions'
import classes from './cell.module.css'

/** The line between two cells, on which a new one is set. */
export function Inserter({ index, actions, last }: { index: number; actions: Actions; last?: boolean }) {
  return (
    <div className={classes.inserter} data-last={last || undefined}>
      <span className={classes.rule} />
      <button
        type="button"
        onClick={() => actions.insert(index, 'code')}
        aria-label={`Insert code at ${index + 1}`}
      >
        <IconPlus size={13} aria-hidden="true" /> Code
      </button>
      <button
        type="button"
        onClick={() => actions.insert(index, 'markdown')}
        aria-label={`Insert Markdown at ${index + 1}`}
      >
        <IconPlus size={13} aria-hidden="true" /> Markdown
      </button>
      <span className={classes.rule} />
    </div>
  )
}
