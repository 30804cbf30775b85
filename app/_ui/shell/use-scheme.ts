'use client'

import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useCommands } from '../commands'
import type { SchemeName } from '../palette'

/** The scheme in force, `auto` resolved. Light until the browser has said otherwise. */
export const useScheme = (): SchemeName => useComputedColorScheme('light')

export const schemeLabels = { light: 'Light', dark: 'Dark', auto: 'As the system' } as const

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
