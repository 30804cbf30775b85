'use client'

import { Tooltip } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import Link, { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { Logo } from '../logo'
import type { Person } from './person'
import { PersonMenu } from './person-menu'
import { places } from './places'
import classes from './shell.module.css'

/** The way between sections: a rail at the left, a bar at the foot of a phone. */
export function Rail({ person }: { person: Person }) {
  const path = usePathname()
  const here = (href: string, also: string) => path === href || path.startsWith(also)
  return (
    <nav className={classes.rail} aria-label="Sections">
      <Link href="/notebooks" className={classes.logo} aria-label="Cellar" prefetch={false}>
        <Logo size={26} />
      </Link>
      {places.map(({ href, label, icon: Icon, also }) => (
        <Place key={href} href={href} label={label} active={here(href, also)}>
          <Icon size={20} stroke={1.6} />
        </Place>
      ))}
      <span className={classes.space} />
      <Place href="/settings" label="Settings" active={here('/settings', '/settings/')}>
        <IconSettings size={20} stroke={1.6} />
      </Place>
      <PersonMenu person={person} />
    </nav>
  )
}

type PlaceProps = { href: string; label: string; active: boolean; children: React.ReactNode }
function Place({ href, label, active, children }: PlaceProps) {
  // Fetched as a pointer comes: at once, all places would be made while the page itself still waits for its own data.
  const [near, setNear] = useState(false)
  return (
    <Tooltip label={label} position="right" offset={6} events={{ hover: true, focus: true, touch: false }}>
      <Link
        href={href}
        prefetch={near ? null : false}
        onPointerEnter={() => setNear(true)}
        onFocus={() => setNear(true)}
        className={classes.place}
        aria-label={label}
        aria-current={active ? 'page' : undefined}
      >
        {children}
        <Pending />
        <span className={classes.label} aria-hidden>
          {label}
        </span>
      </Link>
    </Tooltip>
  )
}

/** Marks the place that was pressed until its page is there. */
function Pending() {
  const { pending } = useLinkStatus()
  return pending ? <span data-pending hidden /> : null
}
