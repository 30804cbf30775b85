'use client'

import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import type { TestResult } from '../../../../lib/protocol/repository'
import { Folded, Log } from '../../../_ui/folded'
import { Card } from '../../../_ui/page'
import { RelativeTime } from '../../../_ui/relative-time'
import { StatusDot } from '../../../_ui/status-dot'
import { formatMs } from '../../../_ui/units'
import { VersionLinks } from '../../../_ui/version-links'
import classes from '../repositories.module.css'
import { isOver, states } from '../states'
import type { Pull } from './use-pulls'

/** One pull: its commit, its tests, what it printed, what it promoted. `open`: the newest, whose details are of interest. */
export function PullCard({ pull, open }: { pull: Pull; open: boolean }) {
  const { state, commit, tests, log, reason, promoted, by, trigger, createdAt } = pull
  const { label, tone } = states[state]
  return (
    <Card>
      <article aria-label={`Pull ${label}`} data-state={state}>
        <header className={classes.head}>
          <StatusDot tone={tone}>{label}</StatusDot>
          {commit && (
            <span>
              <code>{commit.hash.slice(0, 10)}</code> {commit.message}
            </span>
          )}
          <span className={classes.meta}>
            <RelativeTime at={createdAt} />
            {trigger === 'webhook' ? ' by its webhook' : by && ` by ${by}`}
          </span>
        </header>
        {reason && <p className={classes.refused}>{reason}</p>}
        {promoted.length > 0 && (
          <p className={classes.promoted}>
            Promoted <VersionLinks versions={promoted} />
          </p>
        )}
        {tests && (
          <Folded summary={summaryOf(tests)} open={open}>
            {tests.length > 0 && <Tests tests={tests} />}
          </Folded>
        )}
        {log && (
          <Folded summary="Output" open={open && !isOver(state)}>
            <Log>{log}</Log>
          </Folded>
        )}
      </article>
    </Card>
  )
}

function summaryOf(tests: TestResult[]): string {
  if (tests.length === 0) return 'No tests beside the notebook'
  const failed = tests.filter(({ passed }) => !passed).length
  const skipped = tests.filter((test) => test.skipped).length
  const passed = tests.length - failed - skipped
  const parts = [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`]
  return `Tests: ${parts.filter(Boolean).join(', ')}`
}

function Tests({ tests }: { tests: TestResult[] }) {
  return (
    <ul className={classes.tests}>
      {tests.map(({ file, name, passed, skipped, ms, error }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two tests may have one name, and the list only grows
        <li key={i} data-passed={passed}>
          <Mark passed={passed} skipped={skipped} />
          <span>
            {name}
            <span className={classes.meta}>
              {' '}
              {file}, {formatMs(ms)}
            </span>
            {error && <Log>{error}</Log>}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Mark({ passed, skipped }: { passed: boolean; skipped: boolean }) {
  if (skipped) return <IconMinus size={16} aria-label="skipped" />
  return passed ? (
    <IconCheck size={16} aria-label="passed" color="var(--cellar-done-text)" />
  ) : (
    <IconX size={16} aria-label="failed" color="var(--cellar-failed-text)" />
  )
}
