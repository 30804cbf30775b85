'use client'

import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { KeysSheet } from './keys-sheet'
import { cssVariables, theme } from './theme'

/** What every page stands in: theme, notices, the sheet of keys. `nonce`: the page's, for the styles Mantine writes. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce ?? ''}
    >
      <Notifications position="bottom-right" limit={4} containerWidth={380} />
      <KeysSheet />
      {children}
    </MantineProvider>
  )
}
