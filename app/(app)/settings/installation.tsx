'use client'

import { IconServer } from '@tabler/icons-react'
import type { MachineSummary } from '../../../lib/machines/list'
import type { Backend, Isolation } from '../../../lib/protocol/events'
import { EmptyState } from '../../_ui/empty-state'
import { Fact, Facts } from '../../_ui/facts'
import { Card, Section } from '../../_ui/page'
import { RelativeTime } from '../../_ui/relative-time'
import { StatusDot } from '../../_ui/status-dot'
import type { Wire } from '../../_ui/wire'
import classes from './settings.module.css'

/** The machines that run kernels: how they keep code apart, and which TensorFlow they have. */
export function Installation({ machines }: { machines: Wire<MachineSummary>[] }) {
  return (
    <Section title="Installation" description="The machines that run kernels, and what they offer.">
      {machines.length === 0 ? (
        <Card>
          <EmptyState icon={<IconServer size={22} stroke={1.6} />} title="No machine has joined" compact>
            Cells can run once a host process is started: cellar start does it by itself.
          </EmptyState>
        </Card>
      ) : (
        <div className={classes.machines}>
          {machines.map((machine) => (
            <Machine key={machine.id} machine={machine} />
          ))}
        </div>
      )}
    </Section>
  )
}

function Machine({ machine }: { machine: Wire<MachineSummary> }) {
  const { name, connected, lastSeenAt, isolation, backend, kernels } = machine
  return (
    <Card>
      <h3 className={classes.machineName}>
        {name}
        <StatusDot tone={connected ? 'good' : 'bad'}>
          {connected ? (
            'connected'
          ) : lastSeenAt ? (
            <span>
              away since <RelativeTime at={lastSeenAt} />
            </span>
          ) : (
            'never seen'
          )}
        </StatusDot>
      </h3>
      <Facts>
        <Fact name="Isolation of kernels">
          {isolation ? <IsolationFact isolation={isolation} /> : 'not known'}
        </Fact>
        <Fact name="TensorFlow">{backend ? <BackendFact backend={backend} /> : 'not known'}</Fact>
        <Fact name="Kernels alive">{connected ? kernels : 'not known'}</Fact>
      </Facts>
    </Card>
  )
}

const levels: Record<Isolation['level'], string> = {
  2: 'Level 2: a sandbox of its own (bubblewrap)',
  1: 'Level 1: another user, with limits',
  0: 'Level 0: a plain process of the same user',
}

function IsolationFact({ isolation: { level, detail } }: { isolation: Isolation }) {
  return (
    <StatusDot tone={level === 2 ? 'good' : level === 1 ? 'warn' : 'bad'} wrap>
      {levels[level]}
      <span className={classes.note}>{detail}</span>
    </StatusDot>
  )
}

const backends: Record<Backend['name'], string> = {
  tensorflow: 'Native',
  wasm: 'WebAssembly, slower',
  none: 'None',
}

function BackendFact({ backend: { name, version, reason } }: { backend: Backend }) {
  return (
    <StatusDot tone={name === 'tensorflow' ? 'good' : name === 'wasm' ? 'warn' : 'bad'} wrap>
      {backends[name]}
      {version && `, version ${version}`}
      {reason && <span className={classes.note}>{reason}</span>}
    </StatusDot>
  )
}
