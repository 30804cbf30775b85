import {
  type Icon,
  IconActivity,
  IconBrain,
  IconDatabase,
  IconFlask,
  IconNotebook,
  IconRoute,
  IconSettings,
} from '@tabler/icons-react'

export type Place = {
  href: string
  label: string
  icon: Icon
  /** How the addresses of its pages begin that do not stand below its own. */
  also?: string
  /** The sequence that goes there. */
  keys?: string
  /** On a phone behind "More": the bar at its foot has room for four places besides that and the person. */
  further?: true
}

/** The sections of the rail, in order. */
export const places: (Place & { keys: string })[] = [
  { href: '/notebooks', label: 'Notebooks', icon: IconNotebook, keys: 'g n', also: '/n/' },
  { href: '/data', label: 'Data', icon: IconDatabase, keys: 'g d' },
  { href: '/trainings', label: 'Trainings', icon: IconBrain, keys: 'g t' },
  {
    href: '/experiments',
    label: 'Experiments',
    icon: IconFlask,
    keys: 'g x',
    further: true,
  },
  { href: '/endpoints', label: 'Endpoints', icon: IconRoute, keys: 'g e', also: '/repositories' },
  { href: '/status', label: 'Status', icon: IconActivity, keys: 'g s', further: true },
]

/** At the foot of the rail. */
export const settings: Place = {
  href: '/settings',
  label: 'Settings',
  icon: IconSettings,
  further: true,
}

/** Whether an address is a page of this section. */
export const isIn = ({ href, also }: Place, path: string) =>
  path === href || path.startsWith(`${href}/`) || (also !== undefined && path.startsWith(also))
