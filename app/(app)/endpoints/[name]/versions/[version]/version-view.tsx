'use client'

import { useCallback, useState } from 'react'
import type { VersionPage } from '../../../../../../lib/registry/version-page'
import { api } from '../../../../../_ui/api'
import { Section } from '../../../../../_ui/page'
import { RelativeTime } from '../../../../../_ui/relative-time'
import { StatusDot } from '../../../../../_ui/status-dot'
import type { Wire } from '../../../../../_ui/wire'
import { EndpointFrame } from '../../endpoint-frame'
import { History } from '../../history'
import { SchemaTable } from '../../schema-table'
import { statusNames } from '../../statuses'
import { Example } from './example'
import { ExportSection } from './export/export-section'
import { Identity } from './identity'
import { Origin } from './origin'
import { Recorded } from './recorded'
import { ReproduceSection } from './reproduce/reproduce-section'
import type { Reproduction } from './reproduce/use-reproductions'
import { ShadowSection } from './shadow/shadow-section'
import { VersionActions } from './version-actions'
import { VersionFigures } from './version-figures'
import { VersionHead } from './version-head'

type Props = { page: Wire<VersionPage>; reproductions: Reproduction[]; mayManage: boolean }

/** All about one version: what it takes and gives, how it does, where it came from, what it is made of. */
export function VersionView({ page: first, reproductions, mayManage }: Props) {
  const [page, setPage] = useState(first)
  const { endpoint, version, schema, history } = page
  const refresh = useCallback(async () => {
    setPage(await api<Wire<VersionPage>>('GET', `/api/endpoints/${endpoint}/versions/${version}`))
  }, [endpoint, version])
  return (
    <EndpointFrame endpoint={endpoint} description={<State page={page} />}>
      <VersionHead page={page}>
        {mayManage && page.state !== 'deleted' && <VersionActions page={page} onChange={refresh} />}
      </VersionHead>
      <VersionFigures page={page} />
      <Section title="Input" description="A record that does not fit is refused with the name of the field.">
        <SchemaTable field={schema.input} />
      </Section>
      <Section title="Output">
        <SchemaTable field={schema.output} />
      </Section>
      {page.example && (
        <Section title="Example" description="A record of the data that it was promoted with.">
          <Example example={page.example} />
        </Section>
      )}
      <Section title="Where it came from">
        <Origin page={page} />
      </Section>
      <ReproduceSection page={page} reproductions={reproductions} mayManage={mayManage} />
      <ShadowSection page={page} mayManage={mayManage} onChange={refresh} />
      {page.run && (
        <Section title="Experiment" description="What its cell recorded.">
          <Recorded run={page.run} />
        </Section>
      )}
      <Section title="What it is made of" description="Enough to tell whether another one is the same.">
        <Identity page={page} />
      </Section>
      {page.state === 'ready' && (
        <Section title="Export">
          <ExportSection endpoint={endpoint} version={version} />
        </Section>
      )}
      {history.length > 0 && (
        <Section title="History" description="Which status it took when, and why.">
          <History endpoint={endpoint} history={history} />
        </Section>
      )}
    </EndpointFrame>
  )
}

function State({
  page: { state, status, version, rejection, deletedAt, deletedBy, shadows },
}: {
  page: Wire<VersionPage>
}) {
  if (state === 'deleted')
    return (
      <StatusDot tone="bad" wrap>
        Version {version} was deleted {deletedAt && <RelativeTime at={deletedAt} />}
        {deletedBy && ` by ${deletedBy}`}; its history and its log stay.
      </StatusDot>
    )
  if (state === 'rejected')
    return (
      <StatusDot tone="bad" wrap>
        Version {version} was rejected: {rejection}
      </StatusDot>
    )
  if (state === 'checking') return <StatusDot tone="busy">The self-test of version {version} runs.</StatusDot>
  if (status === 'production')
    return <StatusDot tone="good">Version {version} answers in production.</StatusDot>
  return (
    <StatusDot tone="quiet">
      Version {version} is in {statusNames[status]}
      {shadows.some(({ endedAt }) => endedAt === null) && ' and shadows the one in production'}.
    </StatusDot>
  )
}
