import {
  IconActivity,
  IconBrain,
  IconDatabase,
  IconFlask,
  IconNotebook,
  IconRoute,
} from '@tabler/icons-react'

/** The sections of the rail, in order. `keys`: the sequence that goes there. */
export const places = [
  { href: '/notebooks', label: 'Notebooks', icon: IconNotebook, keys: 'g n', also: '/n/' },
  { href: '/data', label: 'Data', icon: IconDatabase, keys: 'g d', also: '/data/' },
  { href: '/trainings', label: 'Trainings', icon: IconBrain, keys: 'g t', also: '/trainings/' },
  { href: '/experiments', label: 'Experiments', icon: IconFlask, keys: 'g x', also: '/experiments/' },
  { href: '/endpoints', label: 'Endpoints', icon: IconRoute, keys: 'g e', also: '/endpoints/' },
  { href: '/status', label: 'Status', icon: IconActivity, keys: 'g s', also: '/status/' },
] as const
