import { UnstyledButton } from '@mantine/core'
import { IconCircleX } from '@tabler/icons-react'
import type { Actions } from '../actions'
import { useView } from '../context'
import classes from './problems.module.css'

/** On a cell that the notebook does not run because of a type error: which one, and the way to it. */
export function BlockedNote({ id, actions }: { id: string; actions: Actions }) {
  const blocks = useView((view) => view.settings.typeErrorsBlock)
  const error = useView((view) => view.problems[id]?.problems.find(({ severity }) => severity === 'error'))
  if (!blocks || !error) return null
  return (
    <UnstyledButton
      className={classes.blocked}
      onClick={() => actions.openPlace({ cellId: id, range: error.range })}
    >
      <IconCircleX size={14} data-severity="error" aria-hidden="true" />
      <span className={classes.message}>
        Does not run: line {error.range.start.line + 1}: {error.message}
      </span>
    </UnstyledButton>
  )
}
