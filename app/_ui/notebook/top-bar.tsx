import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconRefresh, IconRocket } from '@tabler/icons-react'
import type { Output } from '../../../lib/notebook/state'
import { mime } from '../../../lib/protocol/mime'
import type { Actions } from './actions'
import { useView } from './context'
import { ModeMenu } from './graph/mode-menu'
import { RunStale } from './graph/run-stale'
import { KernelChip } from './kernel-chip'
import { MoreMenu } from './more-menu'
import { SavedState } from './saved-state'
import { Title } from './title'
import classes from './top-bar.module.css'
import { mayEdit } from './view'
import { Visitors } from './visitor-list'

/** Name, saved state, people, kernel, and what acts on the whole notebook. */
export function TopBar({ actions }: { actions: Actions }) {
  const editable = useView(mayEdit)
  const busy = useView((view) => view.kernel.kernel.state === 'busy' || Object.keys(view.asked).length > 0)
  const stopping = useView((view) => view.stopping)
  const ready = useView((view) => view.ready)
  const selected = useView((view) =>
    view.selected !== undefined && view.kinds[view.selected] === 'code' ? view.selected : undefined,
  )
  const lastRun = useView(
    (view) =>
      view.ids.findLast((id) => view.kernel.cells[id]?.outputs.some(showsModel)) ??
      view.ids.findLast((id) => view.kernel.cells[id]?.state === 'done'),
  )
  return (
    <header className={classes.bar}>
      <Title actions={actions} />
      {ready && !editable ? <span className={classes.saved}>read only</span> : <SavedState />}
      <div className={classes.space} />
      <span className={classes.wide}>
        <Visitors />
      </span>
      <KernelChip />
      {editable && (
        <div className={classes.buttons} role="toolbar" aria-label="Notebook">
          <Tooltip label="Run every cell, top to bottom">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlayerPlay size={14} />}
              disabled={!ready}
              onClick={() => void actions.runAll()}
              className={classes.labelled}
              aria-label="Run all"
            >
              Run all
            </Button>
          </Tooltip>
          <RunStale actions={actions} />
          <span className={classes.wide}>
            <ModeMenu actions={actions} />
          </span>
          <Tooltip label="Stop what runs, keep the variables (I I)">
            <ActionIcon
              variant="default"
              size={26}
              disabled={!busy}
              loading={stopping}
              aria-label="Stop"
              onClick={() => void actions.interrupt()}
            >
              <IconPlayerStop size={14} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Restart the kernel, with no variables (0 0)">
            <ActionIcon
              variant="default"
              size={26}
              disabled={!ready}
              aria-label="Restart kernel"
              className={classes.wide}
              onClick={() => void actions.restart()}
            >
              <IconRefresh size={14} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Make an endpoint of what a cell made">
            <Button
              size="compact-sm"
              leftSection={<IconRocket size={14} />}
              disabled={!ready || !(selected ?? lastRun)}
              onClick={() => actions.promote(selected ?? lastRun)}
              className={classes.labelled}
              aria-label="Promote"
            >
              Promote
            </Button>
          </Tooltip>
        </div>
      )}
      <MoreMenu actions={actions} />
    </header>
  )
}

const showsModel = (output: Output) => 'data' in output && output.data[mime.model] !== undefined
