'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { useCommands } from '../commands'
import { useKeys } from '../keys'
import { openKeysSheet } from '../keys-sheet'
import { CommandPalette } from './command-palette'
import { createNotebook } from './create-notebook'
import type { Person } from './person'
import { places, settings } from './places'
import { Rail } from './rail'
import classes from './shell.module.css'
import { signOut } from './sign-out'
import { useSchemeCommands } from './use-scheme-commands'

/** The frame of every page behind the sign-in: rail, command palette, keys. */
export function Shell({ person, children }: { person: Person; children: ReactNode }) {
  const router = useRouter()
  useKeys(
    'Go to',
    places.map(({ href, label, keys }) => ({ keys, label, run: () => router.push(href) })),
  )
  useCommands(
    'Go to',
    [...places, settings].map(({ href, label, keys }) => ({
      id: href,
      label,
      keys,
      run: () => router.push(href),
    })),
  )
  useCommands('Do', [
    { id: 'create', label: 'New notebook', keywords: ['create'], run: () => void createNotebook(router) },
    { id: 'keys', label: 'Show the keys of this page', keys: '?', run: openKeysSheet },
    { id: 'sign-out', label: 'Sign out', run: () => void signOut() },
  ])
  useSchemeCommands()
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to content
      </a>
      <Rail person={person} />
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <CommandPalette />
    </>
  )
}
