'use client'

import { Anchor, Button, TagsInput } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { RunPage } from '../../../../lib/experiments/run'
import { tracking } from '../../../../lib/protocol/limits'
import type { MetricSummary } from '../../../../lib/protocol/runs'
import { api } from '../../../_ui/api'
import { Confirm } from '../../../_ui/confirm'
import { DataTable } from '../../../_ui/data-table'
import { Fact, Facts } from '../../../_ui/facts'
import { NameDialog } from '../../../_ui/name-dialog'
import { sayFailure } from '../../../_ui/notices'
import { Card, Page, PageHeader, Section } from '../../../_ui/page'
import { RelativeTime } from '../../../_ui/relative-time'
import { StatusDot } from '../../../_ui/status-dot'
import { formatMs } from '../../../_ui/units'
import { useLive } from '../../../_ui/use-live'
import { VersionLinks } from '../../../_ui/version-links'
import type { Wire } from '../../../_ui/wire'
import { Curves } from '../curves'
import classes from '../experiments.module.css'
import { formatNumber, formatParam, runName, tones } from '../format'
import { Artifacts } from './artifacts'

/** All about one run. */
export function RunView({ first, mayChange }: { first: Wire<RunPage>; mayChange: boolean }) {
  const { page, refresh } = useRun(first)
  const [asking, setAsking] = useState<'name' | 'delete'>()
  const router = useRouter()
  const { run, artifacts, versions, environment, revisionId } = page
  const name = runName(run)
  const change = (body: { name?: string; tags?: string[] }) =>
    api('PATCH', `/api/runs/${run.id}`, body).then(refresh)
  const metrics = Object.entries(run.metrics)
  const curves = metrics.filter(([, { count }]) => count > 1)
  const params = Object.entries(run.params)

  return (
    <Page>
      <PageHeader
        above={
          <Anchor component={Link} href="/experiments" size="sm">
            Experiments
          </Anchor>
        }
        title={name}
        description={
          <StatusDot tone={tones[run.state]} wrap>
            {run.state === 'running'
              ? 'Runs since'
              : run.state === 'done'
                ? 'Done, began'
                : `${capital(run.state)}, began`}{' '}
            <RelativeTime at={run.startedAt} />
            {run.by && ` by ${run.by}`}
            {run.endedAt && `, took ${formatMs(Date.parse(run.endedAt) - Date.parse(run.startedAt))}`}
          </StatusDot>
        }
        actions={
          mayChange && (
            <>
              <Button
                variant="default"
                leftSection={<IconPencil size={16} stroke={1.6} />}
                onClick={() => setAsking('name')}
              >
                Rename
              </Button>
              <Button
                variant="default"
                leftSection={<IconTrash size={16} stroke={1.6} />}
                onClick={() => setAsking('delete')}
              >
                Delete
              </Button>
            </>
          )
        }
      />
      {curves.length > 0 && (
        <div className={classes.charts}>
          {curves.map(([metric]) => (
            <Curves key={metric} metric={metric} runs={[run]} />
          ))}
        </div>
      )}
      {metrics.length > 0 && (
        <Section title="Metrics">
          <DataTable
            label="Metrics"
            rows={metrics}
            rowKey={([metric]) => metric}
            columns={[
              { key: 'name', title: 'Metric', render: ([metric]) => metric, value: ([metric]) => metric },
              metricColumn('last', 'Last'),
              metricColumn('min', 'Least'),
              metricColumn('max', 'Greatest'),
              {
                key: 'count',
                title: 'Points',
                numeric: true,
                render: ([, { count }]) => formatNumber(count),
              },
            ]}
          />
        </Section>
      )}
      {params.length > 0 && (
        <Section title="Parameters">
          <DataTable
            label="Parameters"
            rows={params}
            rowKey={([param]) => param}
            columns={[
              { key: 'name', title: 'Parameter', width: '40%', render: ([param]) => param },
              { key: 'value', title: 'Value', render: ([, value]) => <code>{formatParam(value)}</code> },
            ]}
          />
        </Section>
      )}
      {artifacts.length > 0 && (
        <Section title="Artifacts">
          <Artifacts runId={run.id} artifacts={artifacts} />
        </Section>
      )}
      <Section title="Where it comes from">
        <Card>
          <Facts>
            <Fact name="Notebook">
              {run.notebook ? (
                <>
                  <Anchor component={Link} href={`/n/${run.notebook.id}`}>
                    {run.notebook.title}
                  </Anchor>
                  {revisionId && (
                    <>
                      {', '}
                      <Anchor component={Link} href={`/n/${run.notebook.id}?revision=${revisionId}`}>
                        as it was then
                      </Anchor>
                    </>
                  )}
                </>
              ) : (
                'was deleted'
              )}
            </Fact>
            <Fact name="Promoted as">
              {versions.length === 0 ? 'nothing so far' : <VersionLinks versions={versions} />}
            </Fact>
            <Fact name="Made with">
              {Object.entries(environment)
                .map(([what, version]) => `${what} ${version}`)
                .join(', ')}
            </Fact>
            <Fact name="Tags">
              {mayChange ? (
                <TagsInput
                  size="xs"
                  aria-label="Tags"
                  placeholder={run.tags.length === 0 ? 'Words to find it by' : undefined}
                  value={run.tags}
                  maxTags={tracking.tags}
                  onChange={(tags) =>
                    change({ tags }).catch((error) => sayFailure('The tags were not changed', error))
                  }
                />
              ) : (
                run.tags.join(', ') || 'none'
              )}
            </Fact>
          </Facts>
        </Card>
      </Section>
      {asking === 'name' && (
        <NameDialog
          title="Rename the run"
          label="Name"
          value={run.name ?? ''}
          maxLength={tracking.nameLength}
          missing="Enter a name"
          submit="Rename"
          onSubmit={async (name) => {
            await change({ name })
            setAsking(undefined)
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'delete' && (
        <Confirm
          title="Delete this run?"
          text="Parameters, metrics and artifacts go for good. Versions that were promoted from it stay."
          action="Delete"
          onConfirm={async () => {
            try {
              await api('DELETE', '/api/runs', { ids: [run.id] })
              router.push('/experiments')
            } catch (error) {
              setAsking(undefined)
              sayFailure('The run was not deleted', error)
            }
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Page>
  )
}

const metricColumn = (key: 'last' | 'min' | 'max', title: string) => ({
  key,
  title,
  numeric: true,
  render: ([, summary]: [string, MetricSummary]) => formatNumber(summary[key]),
})

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The page's data, read again while the run goes on. */
function useRun(first: Wire<RunPage>) {
  const { value: page = first, refresh } = useLive(`/api/runs/${first.run.id}`, {
    first,
    everyMs: (page) => (page?.run.state === 'running' ? 2000 : undefined),
  })
  return { page, refresh }
}
