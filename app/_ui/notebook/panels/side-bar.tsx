import { ActionIcon, Drawer, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import type { Actions } from '../actions'
import { useView } from '../context'
import { narrowest, widest } from './open-panels'
import { type Panel, panels, type Side } from './panels'
import classes from './panels.module.css'
import { useDrag } from './use-drag'

/** The icons of one side's panels, and the one that is open; on a phone a sheet. */
export function SideBar({ side, actions }: { side: Side; actions: Actions }) {
  const open = useView((view) => view.panels[side].open)
  const panel = panels[side].find(({ id }) => id === open)
  const phone = useMediaQuery('(max-width: 48em)')
  if (panels[side].length === 0) return null
  if (phone) return <Sheet panel={panel} actions={actions} />
  return (
    <div className={classes.side} data-side={side}>
      <nav className={classes.icons} aria-label={side === 'left' ? 'Panels' : 'More panels'}>
        {panels[side].map(({ id, label, icon: Icon }) => (
          <Tooltip key={id} label={label} position={side === 'left' ? 'right' : 'left'}>
            <ActionIcon
              size={30}
              aria-label={label}
              aria-expanded={id === open}
              data-open={id === open || undefined}
              className={classes.icon}
              onClick={() => actions.togglePanel(id)}
            >
              <Icon size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        ))}
      </nav>
      {panel && <OpenPanel side={side} panel={panel} actions={actions} />}
    </div>
  )
}

function OpenPanel({ side, panel, actions }: { side: Side; panel: Panel; actions: Actions }) {
  const width = useView((view) => view.panels[side].width)
  const handle = useDrag(width, side === 'left' ? 1 : -1, (next) => actions.resizePanel(side, next))
  return (
    <section className={classes.panel} style={{ width }} aria-label={panel.label}>
      <header className={classes.head}>
        <h2>{panel.label}</h2>
        <ActionIcon size={24} aria-label="Close the panel" onClick={() => actions.togglePanel(panel.id)}>
          <IconX size={15} />
        </ActionIcon>
      </header>
      <div className={classes.content}>
        <panel.Panel actions={actions} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that moves is no hr */}
      <div
        {...handle}
        className={classes.handle}
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the panel"
        aria-valuenow={width}
        aria-valuemin={narrowest}
        aria-valuemax={widest}
        tabIndex={0}
      />
    </section>
  )
}

/** What leads to a cell (`data-goes`) closes it: the cell lies below. */
function Sheet({ panel, actions }: { panel: Panel | undefined; actions: Actions }) {
  return (
    <Drawer
      opened={panel !== undefined}
      onClose={() => panel && actions.togglePanel(panel.id)}
      position="bottom"
      size="75%"
      title={panel?.label}
      returnFocus={false}
      onClick={(event) => {
        const leads = (event.target as HTMLElement).closest('[data-goes]')
        if (panel && leads) actions.togglePanel(panel.id)
      }}
    >
      {panel && <panel.Panel actions={actions} />}
    </Drawer>
  )
}
