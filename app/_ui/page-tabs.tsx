'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import classes from './page-tabs.module.css'

type Props = {
  /** What the pages are of, for a screen reader. */
  label: string
  tabs: { href: string; label: string }[]
  /** The part of an address behind `?`, which goes along. */
  query?: string
}

/** The way between the pages of one thing. */
export function PageTabs({ label, tabs, query = '' }: Props) {
  const here = usePathname()
  const nav = useRef<HTMLElement>(null)
  // On a phone the tabs scroll. Not scrollIntoView, which would scroll the page as well.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tab of this address is marked by then
  useEffect(() => {
    const tab = nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (tab) nav.current!.scrollLeft = tab.offsetLeft - (nav.current!.clientWidth - tab.offsetWidth) / 2
  }, [here])
  return (
    <nav ref={nav} className={classes.tabs} aria-label={label}>
      {tabs.map(({ href, label }) => (
        <Link
          key={href}
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
