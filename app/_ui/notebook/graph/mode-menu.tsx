import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { Actions } from '../actions'
import { useView } from '../context'
import classes from './graph.module.css'
import { modeOf, modes } from './modes'

/** Chooses what a change does to the cells that depend on it. */
export function ModeMenu({ actions }: { actions: Actions }) {
  const reactivity = useView((view) => view.settings.reactivity)
  const [opened, setOpened] = useState(false)
  const { icon: Icon, label } = modeOf(reactivity)
  return (
    <Menu position="bottom-end" width={290} onChange={setOpened}>
      <Menu.Target>
        <Tooltip disabled={opened} label={`Cells that depend on a change: ${label.toLowerCase()}`}>
          <ActionIcon variant="default" size={26} aria-label={`Reactivity: ${label}`}>
            <Icon size={15} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Cells that depend on a change</Menu.Label>
        {modes.map(({ value, label, detail, icon: Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={value === reactivity}
            leftSection={<Icon size={16} stroke={1.6} />}
            rightSection={value === reactivity ? <IconCheck size={15} /> : undefined}
            onClick={() => actions.setReactivity(value)}
          >
            {label}
            <span className={classes.detail}>{detail}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
