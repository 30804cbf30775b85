'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import classes from './page-tabs.module.css'

type Props = {
  /** What the pages are of, for a screen reader. */
  label: string
  tabs: { href: string; label: string }[]
  /** The part of an address behind `?`, which goes along. */
  query?: string
}

/** On a phone the tabs scroll. Not scrollIntoView, which would scroll the page as well. */
function bringIntoSight(tab: HTMLElement | null) {
  const nav = tab?.parentElement
  if (nav) nav.scrollLeft = tab.offsetLeft - (nav.clientWidth - tab.offsetWidth) / 2
}

/** The way between the pages of one thing. */
export function PageTabs({ label, tabs, query = '' }: Props) {
  const here = usePathname()
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map(({ href, label }) => (
        <Link
          key={href}
          ref={here === href ? bringIntoSight : undefined}
          href={query ? `${href}?${query}` : href}
          className={classes.tab}
          aria-current={here === href ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
