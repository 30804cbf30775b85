'use client'

import { Anchor } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Page, PageHeader } from '../../../_ui/page'
import { PageTabs } from '../../../_ui/page-tabs'
import { tabs } from './tabs'

type Props = {
  endpoint: string
  /** One line about its state. */
  description?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** What all pages of one endpoint have around them: its name, and the way to the others. */
export function EndpointFrame({ endpoint, description, actions, children }: Props) {
  return (
    <Page>
      <PageHeader
        above={
          <Anchor component={Link} href="/endpoints" size="sm">
            Endpoints
          </Anchor>
        }
        title={endpoint}
        description={description}
        actions={actions}
      />
      <PageTabs
        label={`Pages of ${endpoint}`}
        tabs={tabs.map(({ path, label }) => ({ href: `/endpoints/${endpoint}${path}`, label }))}
      />
      {children}
    </Page>
  )
}
