'use client'

import { useMantineColorScheme } from '@mantine/core'
import { useCommands } from '../commands'

const schemeLabels = { light: 'Light', dark: 'Dark', auto: 'As the system' } as const

/** Light, dark or automatic, from the command palette. */
export function useSchemeCommands() {
  const { setColorScheme } = useMantineColorScheme()
  useCommands(
    'Theme',
    (['light', 'dark', 'auto'] as const).map((scheme) => ({
      id: `theme-${scheme}`,
      label: `Theme: ${schemeLabels[scheme].toLowerCase()}`,
      keywords: ['appearance', 'colour', 'color', 'mode'],
      run: () => setColorScheme(scheme),
    })),
  )
}
