'use client'

import { Tooltip } from '@mantine/core'
import Link, { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { Logo } from '../logo'
import { MoreMenu } from './more-menu'
import type { Person } from './person'
import { PersonMenu } from './person-menu'
import { isIn, type Place, places, settings } from './places'
import classes from './shell.module.css'

/** The way between sections: a rail at the left, a bar at the foot of a phone. */
export function Rail({ person }: { person: Person }) {
  const path = usePathname()
  const here = (place: Place) => isIn(place, path)
  return (
    <nav className={classes.rail} aria-label="Sections">
      <Link href="/notebooks" className={classes.logo} aria-label="Cellar" prefetch={false}>
        <Logo size={26} />
      </Link>
      {places.map((place) => (
        <PlaceLink key={place.href} place={place} active={here(place)} />
      ))}
      <span className={classes.space} />
      <PlaceLink place={settings} active={here(settings)} />
      <MoreMenu places={[...places, settings].filter(({ further }) => further)} isHere={here} />
      <PersonMenu person={person} />
    </nav>
  )
}

function PlaceLink({ place, active }: { place: Place; active: boolean }) {
  const { href, label, icon: Icon, further } = place
  // Fetched as a pointer comes: at once, all places would be made while the page itself still waits for its own data.
  const [near, setNear] = useState(false)
  return (
    <Tooltip label={label} position="right" offset={6} events={{ hover: true, focus: true, touch: false }}>
      <Link
        href={href}
        prefetch={near ? null : false}
        onPointerEnter={() => setNear(true)}
        onFocus={() => setNear(true)}
        className={further ? `${classes.place} ${classes.further}` : classes.place}
        aria-label={label}
        aria-current={active ? 'page' : undefined}
      >
        <Icon size={20} stroke={1.6} />
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
