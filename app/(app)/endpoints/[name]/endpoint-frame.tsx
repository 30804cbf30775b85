'use client'

import { Anchor } from '@mantine/core'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Page, PageHeader } from '../../../_ui/page'
import classes from './endpoint-frame.module.css'
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
  const here = usePathname()
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
      {tabs.length > 1 && (
        <nav className={classes.tabs} aria-label={`Pages of ${endpoint}`}>
          {tabs.map(({ path, label }) => {
            const href = `/endpoints/${endpoint}${path}`
            return (
              <Link
                key={path}
                href={href}
                className={classes.tab}
                aria-current={here === href ? 'page' : undefined}
              >
                {label}
              </Link>
            )
          })}
        </nav>
      )}
      {children}
    </Page>
  )
}
