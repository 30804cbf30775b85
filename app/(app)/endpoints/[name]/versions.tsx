'use client'

import { ActionIcon, Anchor, Badge, Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import Link from 'next/link'
import { useState } from 'react'
import { type VersionStatus, versionStatuses } from '../../../../lib/protocol/version-status'
import type { VersionDetail } from '../../../../lib/registry/page'
import { CodeBlock } from '../../../_ui/code-block'
import { RelativeTime } from '../../../_ui/relative-time'
import { formatBytes, formatCount } from '../../../_ui/units'
import type { Wire } from '../../../_ui/wire'
import classes from './endpoint.module.css'
import { StatusDialog } from './status-dialog'
import { statusNames } from './statuses'

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
            <VersionHead version={version}>
              {mayManage && version.state === 'ready' && (
                <Choices
                  version={version}
                  older={answering >= 0 && i > answering}
                  onChoose={(status, title) => setChange({ version: version.version, status, title })}
                />
              )}
            </VersionHead>
            <Facts version={version} />
            {version.rejection && <p className={classes.error}>{version.rejection}</p>}
            <details className={classes.whole}>
              <summary>Cell and environment</summary>
              {version.cellSource && <CodeBlock code={version.cellSource} label="The promoted cell" />}
              <p className={classes.meta}>
                {Object.entries(version.environment)
                  .map(([name, value]) => `${name} ${value}`)
                  .join(' · ')}
              </p>
            </details>
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

type ChoicesProps = {
  version: Version
  older: boolean
  onChoose: (status: VersionStatus, title: string) => void
}

/** What the version can become: the one that answers by a button, the other statuses in a menu. */
function Choices({ version: { version, status }, older, onChoose }: ChoicesProps) {
  const main = older ? 'Roll back to this' : 'Make production'
  return (
    <>
      {status !== 'production' && (
        <Button variant="default" size="compact-sm" onClick={() => onChoose('production', main)}>
          {main}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={26} aria-label={`Status of ${version}`}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {versionStatuses
            .filter((each) => each !== status && each !== 'production')
            .map((each) => (
              <Menu.Item key={each} onClick={() => onChoose(each, `Move to ${statusNames[each]}`)}>
                Move to {statusNames[each]}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

const stateOf = ({ state, status }: Version) => (state === 'ready' ? status : state)

const labels: Record<ReturnType<typeof stateOf>, { label: string; color: string }> = {
  production: { label: statusNames.production, color: 'green' },
  staging: { label: statusNames.staging, color: 'gray' },
  testing: { label: statusNames.testing, color: 'gray' },
  ab_testing: { label: statusNames.ab_testing, color: 'blue' },
  checking: { label: 'being checked', color: 'blue' },
  rejected: { label: 'rejected', color: 'red' },
}

function VersionHead({ version, children }: { version: Version; children: React.ReactNode }) {
  const { label, color } = labels[stateOf(version)]
  return (
    <div className={classes.versionHead}>
      <strong>{version.version}</strong>
      <Badge variant="light" color={color} tt="none" fw={500}>
        {label}
      </Badge>
      <span className={classes.meta}>
        <RelativeTime at={version.createdAt} />
        {version.createdBy && ` by ${version.createdBy}`}
      </span>
      <span className={classes.push}>{children}</span>
    </div>
  )
}

function Facts({ version: { notebook, cellId, selfTest, artifactBytes } }: { version: Version }) {
  return (
    <p className={classes.meta}>
      {notebook ? (
        <>
          From{' '}
          <Anchor component={Link} href={`/n/${notebook.id}${cellId ? `#cell-${cellId}` : ''}`}>
            a cell of {notebook.title}
          </Anchor>
        </>
      ) : (
        'Its notebook was deleted'
      )}
      {selfTest &&
        ` · self-test passed: ${formatCount(selfTest.records)} records, largest difference ${difference(selfTest.maxDifference)}`}
      {` · ${formatBytes(artifactBytes)}`}
    </p>
  )
}

const difference = (value: number) => (value === 0 ? '0' : value.toExponential(1))
