'use client'

import { Anchor, Badge } from '@mantine/core'
import Link from 'next/link'
import { useState } from 'react'
import type { VersionStatus } from '../../../../lib/protocol/version-status'
import type { VersionDetail } from '../../../../lib/registry/page'
import { CodeBlock } from '../../../_ui/code-block'
import { Folded } from '../../../_ui/folded'
import { RelativeTime } from '../../../_ui/relative-time'
import { formatBytes, formatCount, formatDifference } from '../../../_ui/units'
import type { Wire } from '../../../_ui/wire'
import { formatNames } from '../add-model/format-names'
import classes from './endpoint.module.css'
import { StatusBadge, stateOf } from './status-badge'
import { StatusChoices } from './status-choices'
import { StatusDialog } from './status-dialog'

type Version = Wire<VersionDetail>
type Props = { endpoint: string; versions: Version[]; mayManage: boolean; onChange: () => Promise<void> }

/** The versions, newest first, on a line through time; a ready one can be given another status. */
export function Versions({ endpoint, versions, mayManage, onChange }: Props) {
  const [change, setChange] = useState<{ version: string; status: VersionStatus; title: string }>()
  const answering = versions.findIndex(({ status, state }) => status === 'production' && state === 'ready')
  return (
    <>
      <ol className={classes.timeline}>
        {versions.map((version, i) => (
          <li key={version.id} className={classes.version} data-state={stateOf(version)}>
            <VersionHead endpoint={endpoint} version={version}>
              {mayManage && version.state === 'ready' && (
                <StatusChoices
                  version={version}
                  older={answering >= 0 && i > answering}
                  onChoose={(status, title) => setChange({ version: version.version, status, title })}
                />
              )}
            </VersionHead>
            <Facts version={version} />
            {version.rejection && <p className={classes.error}>{version.rejection}</p>}
            <Folded summary={version.cellSource ? 'Cell and environment' : 'Environment'}>
              {version.cellSource && <CodeBlock code={version.cellSource} label="The promoted cell" />}
              <p className={classes.meta}>
                {Object.entries(version.environment)
                  .map(([name, value]) => `${name} ${value}`)
                  .join(' · ')}
              </p>
            </Folded>
          </li>
        ))}
      </ol>
      {change && (
        <StatusDialog
          {...change}
          endpoint={endpoint}
          onChanged={onChange}
          onClose={() => setChange(undefined)}
        />
      )}
    </>
  )
}

type HeadProps = { endpoint: string; version: Version; children: React.ReactNode }

function VersionHead({ endpoint, version, children }: HeadProps) {
  return (
    <div className={classes.versionHead}>
      <Anchor
        component={Link}
        href={`/endpoints/${endpoint}/versions/${version.version}`}
        fw={600}
        aria-label={`Version ${version.version}`}
      >
        {version.version}
      </Anchor>
      <StatusBadge version={version} />
      {version.shadow !== null && (
        <Badge
          variant="outline"
          color="blue"
          tt="none"
          fw={500}
          title={`Gets copies of ${version.shadow} % of the requests`}
        >
          shadow
        </Badge>
      )}
      <span className={classes.meta}>
        <RelativeTime at={version.createdAt} />
        {version.createdBy && ` by ${version.createdBy}`}
      </span>
      <span className={classes.push}>{children}</span>
    </div>
  )
}

function FromElsewhere({ source }: { source: NonNullable<Version['source']> }) {
  if (source.kind === 'upload')
    return `From ${source.files.map(({ name }) => name).join(', ')} (${formatNames[source.format]})`
  if (source.kind === 'training')
    return (
      <>
        From{' '}
        <Anchor component={Link} href={`/trainings/${source.trainingId}`}>
          a training
        </Anchor>{' '}
        of {source.dataset.name}, version {source.dataset.version}
      </>
    )
  return (
    <>
      From{' '}
      <Anchor component={Link} href={`/repositories/${source.repositoryId}`}>
        {source.path}
      </Anchor>{' '}
      at <code>{source.commit.slice(0, 10)}</code>
    </>
  )
}

function Facts({ version: { notebook, cellId, source, selfTest, artifactBytes } }: { version: Version }) {
  return (
    <p className={classes.meta}>
      {notebook ? (
        <>
          From{' '}
          <Anchor component={Link} href={`/n/${notebook.id}${cellId ? `#cell-${cellId}` : ''}`}>
            a cell of {notebook.title}
          </Anchor>
        </>
      ) : source ? (
        <FromElsewhere source={source} />
      ) : (
        'Its notebook was deleted'
      )}
      {selfTest &&
        ` · self-test passed: ${formatCount(selfTest.records)} ${selfTest.records === 1 ? 'record' : 'records'}, largest difference ${formatDifference(selfTest.maxDifference)}`}
      {` · ${formatBytes(artifactBytes)}`}
    </p>
  )
}
