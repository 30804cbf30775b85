'use client'

import { Anchor } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Page, PageHeader } from '../../../_ui/page'
import { PageTabs } from '../../../_ui/page-tabs'
import { formatBytes, formatCount } from '../../../_ui/units'
import type { DatasetPage } from './enter-dataset'
import { StandingNotice } from './standing-notice'
import { tabs } from './tabs'

type Props = {
  page: Pick<DatasetPage, 'dataset' | 'version' | 'query'>
  actions?: ReactNode
  children: ReactNode
}

/** What all pages of one data set have around them: its name, what the version holds, and the way to the others. */
export function DatasetFrame({ page: { dataset, version, query }, actions, children }: Props) {
  const { name, description, head } = dataset
  return (
    <Page>
      <PageHeader
        above={
          <Anchor component={Link} href="/data" size="sm">
            Data
          </Anchor>
        }
        title={name}
        description={
          <>
            {description && `${description} · `}
            {formatCount(version.rows)} {version.rows === 1 ? 'row' : 'rows'},{' '}
            {formatCount(version.columns.length)} {version.columns.length === 1 ? 'column' : 'columns'},{' '}
            {formatBytes(version.bytes)} · version {version.number}
            {version.number < head && (
              <>
                {' '}
                of {head},{' '}
                <Anchor component={Link} href={`/data/${name}`} inherit>
                  go to the newest
                </Anchor>
              </>
            )}
          </>
        }
        actions={actions}
      />
      <PageTabs
        label={`Pages of ${name}`}
        tabs={tabs.map(({ path, label }) => ({ href: `/data/${name}${path}`, label }))}
        query={query}
      />
      <StandingNotice datasetId={dataset.id} name={name} head={head} />
      {children}
    </Page>
  )
}
