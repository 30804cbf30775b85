import { IconAlertCircle, IconBolt, IconHandClick } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { NotebookSettings } from '../../../../lib/notebook/settings'

export type Reactivity = NotebookSettings['reactivity']

type Mode = {
  value: Reactivity
  label: string
  /** For a narrow place. */
  short: string
  detail: string
  icon: ComponentType<{ size: number; stroke?: number }>
}

/** What a change does to the cells that depend on it. */
export const modes: readonly Mode[] = [
  {
    value: 'stale',
    label: 'Mark stale',
    short: 'Mark stale',
    detail: 'A change marks the cells that depend on it. Running a cell runs its stale ancestors first.',
    icon: IconAlertCircle,
  },
  {
    value: 'automatic',
    label: 'Run automatically',
    short: 'Automatic',
    detail: 'An edit or a run runs all that depends on it. Cells that run only by hand wait for you.',
    icon: IconBolt,
  },
  {
    value: 'off',
    label: 'Off',
    short: 'Off',
    detail: 'A cell runs when you run it, alone. Nothing is marked.',
    icon: IconHandClick,
  },
]

export const modeOf = (reactivity: Reactivity) => modes.find(({ value }) => value === reactivity) ?? modes[0]!
