'use client'

import { Anchor, Badge, Button } from '@mantine/core'
import Link from 'next/link'
import { useState } from 'react'
import type { VersionDetail } from '../../../../lib/registry/page'
import { api } from '../../../_ui/api'
import { CodeBlock } from '../../../_ui/code-block'
import { say, sayFailure } from '../../../_ui/notices'
import { RelativeTime } from '../../../_ui/relative-time'
import { formatBytes, formatCount } from '../../../_ui/units'
import type { Wire } from '../../../_ui/wire'
import classes from './endpoint.module.css'

type Version = Wire<VersionDetail>
type Props = { endpoint: string; versions: Version[]; mayManage: boolean; onChange: () => Promise<void> }

/** The versions, newest first, on a line through time; any ready one can be made the one that answers. */
export function Versions({ endpoint, versions, mayManage, onChange }: Props) {
  const [busy, setBusy] = useState<string>()
  const answering = versions.findIndex(({ status, state }) => status === 'production' && state === 'ready')
  const choose = async (version: string) => {
    setBusy(version)
    try {
      await api('PUT', `/api/endpoints/${endpoint}/production`, { version })
      await onChange()
      say(`Version ${version} answers now.`)
    } catch (error) {
      sayFailure(`Version ${version} could not be made production`, error)
    }
    setBusy(undefined)
  }
  return (
    <ol className={classes.timeline}>
      {versions.map((version, i) => (
        <li key={version.id} className={classes.version} data-state={stateOf(version)}>
          <VersionHead version={version}>
            {mayManage && version.state === 'ready' && i !== answering && (
              <Button
                variant="default"
                size="compact-sm"
                loading={busy === version.version}
                onClick={() => void choose(version.version)}
              >
                {answering >= 0 && i > answering ? 'Roll back to this' : 'Make production'}
              </Button>
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
  )
}

const stateOf = ({ state, status }: Version) => (state === 'ready' ? status : state)

const labels: Record<ReturnType<typeof stateOf>, { label: string; color: string }> = {
  production: { label: 'production', color: 'green' },
  staging: { label: 'staging', color: 'gray' },
  testing: { label: 'testing', color: 'gray' },
  ab_testing: { label: 'A/B test', color: 'blue' },
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
