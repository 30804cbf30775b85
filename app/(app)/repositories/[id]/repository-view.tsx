'use client'

import { ActionIcon, Anchor, Button, Menu } from '@mantine/core'
import { IconDots, IconGitPullRequest } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { RepositoryFields } from '../../../../lib/repositories/repositories'
import { api } from '../../../_ui/api'
import { EmptyState } from '../../../_ui/empty-state'
import { say, sayFailure } from '../../../_ui/notices'
import { Page, PageHeader, Section } from '../../../_ui/page'
import { undoable } from '../../../_ui/undoable'
import classes from '../repositories.module.css'
import { RepositoryDialog } from '../repository-dialog'
import { isOver } from '../states'
import { PullCard } from './pull-card'
import { type Pull, usePulls } from './use-pulls'
import { Webhook } from './webhook'

type Props = {
  repository: RepositoryFields & { id: string }
  pulls: Pull[]
  /** Where a push is told. */
  webhook: string
  mayManage: boolean
}

/** One repository: its pulls with what they tested and promoted, and how it is pulled. */
export function RepositoryView({ repository, pulls: first, webhook, mayManage }: Props) {
  const router = useRouter()
  const { pulls, refresh } = usePulls(repository.id, first)
  const [changing, setChanging] = useState(false)
  const [asking, setAsking] = useState(false)
  const { id, address, branch, commit, path } = repository
  const busy = asking || pulls.some(({ state }) => !isOver(state))

  async function pull() {
    setAsking(true)
    await api('POST', `/api/repositories/${id}/pull`, {})
      .then(refresh)
      .catch((error) => sayFailure('It was not pulled', error))
    setAsking(false)
  }
  function disconnect() {
    const act = () =>
      api('DELETE', `/api/repositories/${id}`).catch((error) => sayFailure('It was not disconnected', error))
    router.push('/repositories')
    undoable(
      `${path} is disconnected.`,
      () => void act().then(() => router.refresh()),
      () => router.push(`/repositories/${id}`),
    )
  }

  const actions = mayManage && (
    <>
      <Button onClick={pull} loading={busy}>
        Pull now
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={36} variant="default" aria-label="More">
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setChanging(true)}>Change</Menu.Item>
          <Menu.Item color="red" onClick={disconnect}>
            Disconnect
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
  return (
    <Page>
      <PageHeader
        above={
          <Anchor component={Link} href="/repositories" size="sm">
            Repositories
          </Anchor>
        }
        title={path}
        description={
          <>
            {address}, {commit ? `the commit ${commit.slice(0, 10)} of ${branch}` : `branch ${branch}`}
          </>
        }
        actions={actions}
      />
      {pulls.length === 0 ? (
        <EmptyState icon={<IconGitPullRequest size={22} stroke={1.6} />} title="Not pulled yet">
          A pull fetches the {commit ? 'commit' : 'newest commit'}, runs the tests beside the notebook, and
          when all of them pass runs the notebook. What it promotes becomes versions.
        </EmptyState>
      ) : (
        <div className={classes.pulls}>
          {pulls.map((each, i) => (
            <PullCard key={each.id} pull={each} open={i === 0} />
          ))}
        </div>
      )}
      {mayManage && !commit && (
        <Section title="Webhook" description="So that each push to the branch pulls it.">
          <Webhook id={id} address={webhook} />
        </Section>
      )}
      {changing && (
        <RepositoryDialog
          title="Change the repository"
          submit="Change"
          fields={repository}
          onSubmit={async (fields) => {
            await api('PATCH', `/api/repositories/${id}`, fields)
            say('The next pull goes there.')
            setChanging(false)
            router.refresh()
          }}
          onClose={() => setChanging(false)}
        />
      )}
    </Page>
  )
}
