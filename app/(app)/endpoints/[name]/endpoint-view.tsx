'use client'

import type { EndpointPage } from '../../../../lib/registry/page'
import { Section } from '../../../_ui/page'
import { RelativeTime } from '../../../_ui/relative-time'
import { StatusDot } from '../../../_ui/status-dot'
import type { Wire } from '../../../_ui/wire'
import { AbTest } from './ab-test'
import { EndpointFrame } from './endpoint-frame'
import { EndpointMenu } from './endpoint-menu'
import { History } from './history'
import { NewVersion } from './new-version'
import { NewestRequests } from './newest-requests'
import { SchemaTable } from './schema-table'
import { Snippets } from './snippets'
import { Totals } from './totals'
import { TryIt } from './try-it'
import { useLivePage } from './use-live-page'
import { VersionLink } from './version-link'
import { Versions } from './versions'

type Props = { page: Wire<EndpointPage>; origin: string; mayManage: boolean }

/** All about one endpoint: try it, call it, see who calls it, choose which version answers. */
export function EndpointView({ page: first, origin, mayManage }: Props) {
  const { page, refresh } = useLivePage(first)
  const { summary, production, versions, recent, history } = page
  const shown = production ?? versions[0]
  const path = `/api/v1/${summary.name}/predict`
  return (
    <EndpointFrame
      endpoint={summary.name}
      actions={mayManage && !summary.deletedAt && <EndpointMenu endpoint={summary.name} />}
      description={
        summary.deletedAt ? (
          <StatusDot tone="bad" wrap>
            Deleted <RelativeTime at={summary.deletedAt} />; its history and its log stay.
          </StatusDot>
        ) : production ? (
          <StatusDot tone="good" wrap>
            Version <VersionLink endpoint={summary.name} version={production.version} /> answers at{' '}
            <code>{path}</code>
          </StatusDot>
        ) : (
          <StatusDot tone="warn" wrap>
            No version answers: make one production, below.
          </StatusDot>
        )
      }
    >
      <Totals summary={summary} recent={recent} />
      {production && (
        <>
          <Section title="Try it" description="Sends one record as you; it is logged like any other request.">
            <TryIt key={production.id} endpoint={summary.name} version={production} onAnswer={refresh} />
          </Section>
          <span id="call" />
          <Section title="Call it" description="From anywhere that reaches this address, with an API key.">
            <Snippets
              url={`${origin}${path}`}
              endpoint={summary.name}
              record={production.example?.record}
              mayManage={mayManage}
            />
          </Section>
        </>
      )}
      <Section title="Requests" description="The newest, as they come.">
        <NewestRequests endpoint={summary.name} requests={recent} />
      </Section>
      <Section
        title="Versions"
        actions={mayManage && <NewVersion endpoint={summary.name} onPublished={refresh} />}
      >
        <Versions endpoint={summary.name} versions={versions} mayManage={mayManage} onChange={refresh} />
      </Section>
      <Section
        title="A/B test"
        description="Two versions share the requests; labels say which is right more often. It may be looked at at any time."
      >
        <AbTest page={page} mayManage={mayManage} onChange={refresh} />
      </Section>
      {history.length > 0 && (
        <Section title="History" description="Which version took which status when, and why.">
          <History endpoint={summary.name} history={history} />
        </Section>
      )}
      {shown && (
        <Section
          title="Input"
          description="A record that does not fit is refused with the name of the field."
        >
          <SchemaTable field={shown.schema.input} />
        </Section>
      )}
    </EndpointFrame>
  )
}
