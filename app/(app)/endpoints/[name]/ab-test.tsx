'use client'

import { Button, Group, Text } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { useState } from 'react'
import type { EndpointPage } from '../../../../lib/registry/page'
import { EmptyState } from '../../../_ui/empty-state'
import { Folded } from '../../../_ui/folded'
import { RelativeTime } from '../../../_ui/relative-time'
import { StatusDot } from '../../../_ui/status-dot'
import type { Wire } from '../../../_ui/wire'
import { AbFiguresTable } from './ab-figures'
import { EndTestDialog } from './end-test-dialog'
import { StartTestDialog } from './start-test-dialog'

type Page = Wire<EndpointPage>
type Test = Page['abTests'][number]
type Props = { page: Page; mayManage: boolean; onChange: () => Promise<void> }

/** The test that runs, live, or how to begin one; below, what earlier ones found. */
export function AbTest({ page, mayManage, onChange }: Props) {
  const { abTests, summary, production, versions } = page
  const [starting, setStarting] = useState(false)
  const [ending, setEnding] = useState<Test>()
  const running = abTests.find(({ endedAt }) => endedAt === null)
  const ready = versions.filter(({ state }) => state === 'ready')
  const start = mayManage && production && ready.length > 1 && (
    <Button variant="default" onClick={() => setStarting(true)}>
      Start a test
    </Button>
  )
  return (
    <>
      {running ? (
        <Running test={running} mayManage={mayManage} onEnd={() => setEnding(running)} />
      ) : abTests.length === 0 ? (
        <EmptyState
          icon={<IconArrowsSplit2 size={22} stroke={1.6} />}
          title="No test yet"
          action={start}
          compact
        >
          {ready.length > 1
            ? 'Share the requests between versions, send back what turned out to be true, and see which is right more often.'
            : 'Promote a second version: the two can then share the requests.'}
        </EmptyState>
      ) : (
        start && <Group mb="sm">{start}</Group>
      )}
      {abTests
        .filter(({ endedAt }) => endedAt !== null)
        .map((test) => (
          <Ended key={test.id} test={test} />
        ))}
      {starting && production && (
        <StartTestDialog
          endpoint={summary.name}
          control={production.version}
          versions={ready.map(({ version }) => version)}
          onChanged={onChange}
          onClose={() => setStarting(false)}
        />
      )}
      {ending && (
        <EndTestDialog
          endpoint={summary.name}
          test={ending}
          onChanged={onChange}
          onClose={() => setEnding(undefined)}
        />
      )}
    </>
  )
}

function Running({ test, mayManage, onEnd }: { test: Test; mayManage: boolean; onEnd: () => void }) {
  const { decision, stickyHeader, createdAt, createdBy } = test
  return (
    <>
      <Group justify="space-between" mb="sm" gap="sm">
        <div>
          <StatusDot tone={decision.winner ? 'good' : 'busy'} wrap>
            {decision.winner ? `${decision.winner} wins: ` : 'Undecided: '}
            {decision.reason}
          </StatusDot>
          <Text size="sm" c="dimmed">
            Since <RelativeTime at={createdAt} />
            {createdBy && ` by ${createdBy}`}. Requests with the same <code>{stickyHeader}</code> go to the
            same version.
          </Text>
        </div>
        {mayManage && (
          <Button variant="default" onClick={onEnd}>
            End the test
          </Button>
        )}
      </Group>
      <AbFiguresTable figures={test.figures} />
    </>
  )
}

function Ended({ test: { figures, decision, createdAt, endedAt, createdBy } }: { test: Test }) {
  return (
    <Folded
      summary={
        <>
          {decision.winner ? `${decision.winner} won` : 'No winner'}, <RelativeTime at={endedAt!} />
        </>
      }
    >
      <Text size="sm" c="dimmed">
        Begun <RelativeTime at={createdAt} />
        {createdBy && ` by ${createdBy}`}; {decision.reason}.
      </Text>
      <AbFiguresTable figures={figures} />
    </Folded>
  )
}
