import { Button, Tooltip } from '@mantine/core'
import { IconRotateClockwise } from '@tabler/icons-react'
import type { Actions } from '../actions'
import { useView } from '../context'
import topBar from '../top-bar.module.css'
import classes from './graph.module.css'

/** Runs all that is stale, each cell once; there while anything is. */
export function RunStale({ actions }: { actions: Actions }) {
  const count = useView((view) => view.graph.stale.length)
  const off = useView((view) => view.settings.reactivity === 'off')
  if (count === 0 || off) return null
  return (
    <Tooltip label="Run each stale cell once, in the order of their names (Shift R)">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconRotateClockwise size={14} />}
        onClick={() => void actions.runStale()}
        className={`${topBar.labelled} ${classes.runStale}`}
        aria-label={`Run stale (${count})`}
      >
        Run stale <span className={classes.number}>{count}</span>
      </Button>
    </Tooltip>
  )
}
