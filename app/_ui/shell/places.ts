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
  /** How the addresses of its further pages begin. */
  also: string
  /** The sequence that goes there. */
  keys?: string
  /** On a phone behind "More": the bar at its foot has room for four places besides that and the person. */
  further?: true
}

/** The sections of the rail, in order. */
export const places: (Place & { keys: string })[] = [
  { href: '/notebooks', label: 'Notebooks', icon: IconNotebook, keys: 'g n', also: '/n/' },
  { href: '/data', label: 'Data', icon: IconDatabase, keys: 'g d', also: '/data/' },
  { href: '/trainings', label: 'Trainings', icon: IconBrain, keys: 'g t', also: '/trainings/' },
  {
    href: '/experiments',
    label: 'Experiments',
    icon: IconFlask,
    keys: 'g x',
    also: '/experiments/',
    further: true,
  },
  { href: '/endpoints', label: 'Endpoints', icon: IconRoute, keys: 'g e', also: '/endpoints/' },
  { href: '/status', label: 'Status', icon: IconActivity, keys: 'g s', also: '/status/', further: true },
]

/** At the foot of the rail. */
export const settings: Place = {
  href: '/settings',
  label: 'Settings',
  icon: IconSettings,
  also: '/settings/',
  further: true,
}
