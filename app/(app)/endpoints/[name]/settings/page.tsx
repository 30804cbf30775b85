import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { listRules } from '../../../../../lib/alerts/rules'
import { database } from '../../../../../lib/db'
import { hasRole } from '../../../../../lib/permissions'
import { endpointByName } from '../../../../../lib/registry/find'
import { readLimits } from '../../../../../lib/registry/limits'
import { readLogSettings } from '../../../../../lib/requests/settings'
import { installationLimits } from '../../../../../lib/serving/limits'
import { readWebhook } from '../../../../../lib/webhooks/settings'
import { Section } from '../../../../_ui/page'
import { enterAsMember } from '../../../../_ui/visitor'
import { wire } from '../../../../_ui/wire'
import { EndpointFrame } from '../endpoint-frame'
import { AlertRules } from './alert-rules'
import { LimitsForm } from './limits-form'
import { LogForm } from './log-form'
import { WebhookForm } from './webhook-form'

type Props = { params: Promise<{ name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Settings of ${(await params).name}` }
}

export default async function EndpointSettingsPage({ params }: Props) {
  const { name } = await params
  const { workspaceId, role } = await enterAsMember('endpoint.read')
  const endpoint = await endpointByName(database(), workspaceId, name)
  if (!endpoint) notFound()
  const mayManage = hasRole(role, 'editor')
  return (
    <EndpointFrame endpoint={name} description="What holds for every version of this endpoint.">
      <Section
        title="Limits"
        description="How much it takes on at once, for each of its versions. An empty field leaves it to the installation."
      >
        <LimitsForm
          endpoint={name}
          first={await readLimits(database(), endpoint.id)}
          defaults={installationLimits()}
          mayManage={mayManage}
        />
      </Section>
      <Section
        title="Request log"
        description="Every request leaves a line with its version, status and latency. Inputs and outputs are kept for a share of them; those of refused requests, and of an A/B test’s, always."
      >
        <LogForm
          endpoint={name}
          first={await readLogSettings(database(), endpoint.id)}
          mayManage={mayManage}
        />
      </Section>
      <Section
        title="Alerts"
        description="Somebody is told when a limit is passed, once, and again when it is over."
      >
        <AlertRules
          endpoint={name}
          first={await listRules(database(), endpoint.id)}
          mayManage={mayManage}
          mails={process.env.CELLAR_SMTP_URL !== undefined || process.env.CELLAR_SMTP_URL_FILE !== undefined}
        />
      </Section>
      <Section
        title="Webhook"
        description="An application that does not want to ask is told when a job has ended: a POST, signed as Standard Webhooks says, and sent again for three days until it is taken."
      >
        <WebhookForm endpoint={name} first={wire(await readWebhook(endpoint.id))} mayManage={mayManage} />
      </Section>
    </EndpointFrame>
  )
}
