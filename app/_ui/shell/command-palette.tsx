'use client'

import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useCommandGroups } from '../commands'
import { holdKeys, useKeys } from '../keys'
import { Keys } from '../keys-sheet'

export function openCommandPalette() {
  holdKeys(true)
  spotlight.open()
}

/** Everything a person can do from here, found by typing. */
export function CommandPalette() {
  const groups = useCommandGroups()
  const [query, setQuery] = useState('')
  useEffect(() => () => holdKeys(false), [])
  const searching = query.trim() !== ''
  useKeys('Everywhere', [
    { keys: 'mod+k', label: 'Command palette', run: openCommandPalette, whileTyping: true },
  ])
  return (
    <Spotlight
      actions={groups.map(({ section, commands }) => ({
        group: section,
        actions: commands
          .filter(({ searchedOnly }) => searching || !searchedOnly)
          .map(({ id, label, description, keywords, keys, run }) => ({
            id,
            label,
            description,
            keywords,
            onClick: run,
            rightSection: keys ? <Keys keys={keys} /> : undefined,
          })),
      }))}
      onSpotlightClose={() => holdKeys(false)}
      query={query}
      onQueryChange={setQuery}
      limit={searching ? 60 : undefined}
      shortcut={null}
      nothingFound="Nothing by that name"
      scrollable
      maxHeight={420}
      size={560}
      radius="lg"
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: 'Go to, create, run …',
        'aria-label': 'Command',
      }}
    />
  )
}
