import { Tooltip } from '@mantine/core'
import { IconCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react'
import { useView } from './context'
import { statusDetail, statusLabel } from './sync-status'
import classes from './top-bar.module.css'

/** Whether every edit is stored. */
export function SavedState() {
  const sync = useView((view) => view.sync)
  const tone =
    sync.state === 'saved' || sync.state === 'saving' || sync.state === 'connecting'
      ? 'calm'
      : sync.state === 'offline'
        ? 'warn'
        : 'bad'
  const Icon = sync.state === 'saved' ? IconCheck : tone === 'calm' ? IconCloudUp : IconCloudOff
  return (
    <Tooltip label={statusDetail(sync)} multiline maw={320}>
      <span className={classes.saved} data-tone={tone} role="status">
        <Icon size={14} aria-hidden="true" />
        <span className={classes.words} data-testid="saved-state">
          {statusLabel(sync)}
        </span>
      </span>
    </Tooltip>
  )
}
