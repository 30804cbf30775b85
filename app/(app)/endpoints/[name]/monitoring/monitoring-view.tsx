'use client'

import { SegmentedControl, Select } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { useState } from 'react'
import type { Monitoring } from '../../../../../lib/monitoring/figures'
import type { Health } from '../../../../../lib/monitoring/health'
import { type Range, ranges } from '../../../../../lib/monitoring/ranges'
import { EmptyState } from '../../../../_ui/empty-state'
import { Card, Section } from '../../../../_ui/page'
import { StatusDot } from '../../../../_ui/status-dot'
import type { Wire } from '../../../../_ui/wire'
import { Alerts } from './alerts'
import { ByVersion } from './by-version'
import { Charts } from './charts'
import { Drift } from './drift'
import classes from './monitoring.module.css'
import { useHealth } from './use-health'
import { useMonitoring } from './use-monitoring'

type Props = { endpoint: string; first: Monitoring; health: Wire<Health> }

const everyVersion = 'all versions'

/** An endpoint's figures over time, live: in all or of one version. */
export function MonitoringView({ endpoint, first, health }: Props) {
  const { figures, range, choose, problem } = useMonitoring(endpoint, first)
  const [chosen, setChosen] = useState(everyVersion)
  const [all, ...versions] = figures.series as [Monitoring['series'][0], ...Monitoring['series']]
  const shown = versions.find(({ version }) => version === chosen) ?? all
  const stale = figures.range !== range
  const { drift, alerts } = useHealth(endpoint, health)
  const open = alerts.filter(({ endedAt }) => endedAt === null)
  return (
    <>
      {open.length > 0 && (
        <div className={classes.open} role="status">
          {open.map(({ id, summary }) => (
            <StatusDot key={id} tone="bad" wrap>
              {summary}
            </StatusDot>
          ))}
        </div>
      )}
      <div className={classes.bar}>
        <div className={classes.ranges}>
          <SegmentedControl
            size="xs"
            aria-label="Range"
            value={range}
            onChange={(value) => choose(value as Range)}
            data={Object.entries(ranges).map(([value, { label }]) => ({ value, label }))}
          />
        </div>
        {versions.length > 1 && (
          <Select
            size="xs"
            aria-label="Version"
            value={shown.version ?? everyVersion}
            onChange={(value) => setChosen(value ?? everyVersion)}
            data={[everyVersion, ...versions.map(({ version }) => version!)]}
            allowDeselect={false}
            w={150}
          />
        )}
      </div>
      {problem && (
        <p className={classes.problem} role="alert">
          These figures are not the newest: {problem}
        </p>
      )}
      <div className={classes.live} data-stale={stale || undefined} aria-busy={stale}>
        {all.total.requests === 0 ? (
          <Card>
            <EmptyState icon={<IconChartLine size={22} stroke={1.6} />} title="No requests in this time">
              Send one from the overview, or choose a longer range; figures are here within a second or two.
            </EmptyState>
          </Card>
        ) : (
          <>
            <Charts shown={shown} versions={versions} stepMs={figures.stepMs} />
            <Section title="By version" description="Over the whole range.">
              <ByVersion series={versions.length > 1 ? [all, ...versions] : versions} />
            </Section>
          </>
        )}
      </div>
      <Section
        title="Drift"
        description="The newest requests beside the data that the version was trained on: a field drifts where the difference is beyond chance, corrected for all fields, and large enough to count (PSI of 0.1 or more)."
      >
        <Drift {...drift} />
      </Section>
      <Section title="Alerts">
        <Alerts endpoint={endpoint} alerts={alerts} />
      </Section>
    </>
  )
}
