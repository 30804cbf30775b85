'use client'

import { Anchor, Button } from '@mantine/core'
import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import type { DatasetStanding } from '../../../../lib/datasets/standing'
import { useLive } from '../../../_ui/use-live'
import classes from './standing-notice.module.css'

const everyMs = 5_000

type Props = {
  datasetId: string
  name: string
  /** Number of the version that was the newest when the page was made. */
  head: number
}

/** Says what has become of the data set elsewhere since the page was opened: a newer version, another name, the trash. */
export function StandingNotice({ datasetId, name, head }: Props) {
  const router = useRouter()
  const path = usePathname()
  const { value } = useLive<{ standing: DatasetStanding | null }>(`/api/dataset-standing/${datasetId}`, {
    everyMs: () => everyMs,
  })
  if (!value) return null
  const { standing } = value
  if (!standing)
    return <Notice>{name} was deleted for good: what this page shows is all that is left of it.</Notice>
  if (standing.isTrashed)
    return (
      <Notice>
        {name} was put into the trash, and cannot be changed there.{' '}
        <Anchor component={Link} href="/data/trash" inherit>
          Go to the trash
        </Anchor>
      </Notice>
    )
  if (standing.name !== name)
    return (
      <Notice
        action="Go there"
        onAction={() => router.replace(path.replace(/^\/data\/[^/]+/, `/data/${standing.name}`))}
      >
        {name} is called {standing.name} now.
      </Notice>
    )
  if (standing.head > head)
    return (
      <Notice action="Show what is new" onAction={() => router.refresh()}>
        {standing.savedBy ?? 'Cellar'} saved version {standing.head} meanwhile.
      </Notice>
    )
  return null
}

type NoticeProps = { children: ReactNode; action?: string; onAction?: () => void }

function Notice({ children, action, onAction }: NoticeProps) {
  return (
    <section className={classes.notice} aria-label="Meanwhile">
      <p className={classes.text} role="status">
        {children}
      </p>
      {action && (
        <Button size="compact-sm" variant="default" onClick={onAction}>
          {action}
        </Button>
      )}
    </section>
  )
}
