import { Anchor, Button } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { VersionPage } from '../../../../../../lib/registry/version-page'
import { RelativeTime } from '../../../../../_ui/relative-time'
import type { Wire } from '../../../../../_ui/wire'
import { StatusBadge } from '../../status-badge'
import classes from './version.module.css'

type Props = { page: Wire<VersionPage>; children: ReactNode }

/** Which version this is, who made it, and what can be done with it. */
export function VersionHead({ page, children }: Props) {
  const other = neighbour(page)
  return (
    <div className={classes.head}>
      <h2 className={classes.title}>Version {page.version}</h2>
      <StatusBadge version={page} />
      <span className={classes.meta}>
        made <RelativeTime at={page.createdAt} />
        {page.createdBy && ` by ${page.createdBy}`}
        {' · '}
        <Anchor component={Link} href={`/endpoints/${page.endpoint}`} inherit>
          all versions
        </Anchor>
      </span>
      <span className={classes.push}>
        {other && (
          <Button
            component={Link}
            href={`/endpoints/${page.endpoint}/versions/compare?a=${other}&b=${page.version}`}
            variant="default"
            size="compact-sm"
          >
            Compare with {other}
          </Button>
        )}
        {children}
      </span>
    </div>
  )
}

/** The version in production, or beside that one the version before it. */
function neighbour({ version, versions }: Wire<VersionPage>): string | undefined {
  const others = versions.filter((each) => each.version !== version && each.state === 'ready')
  const production = others.find(({ status }) => status === 'production')
  return (production ?? others[0])?.version
}
