import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '../../../../../lib/db'
import { hasRole } from '../../../../../lib/permissions'
import { productionVersion } from '../../../../../lib/registry/find'
import { enterAsMember } from '../../../../_ui/visitor'
import { EndpointFrame } from '../endpoint-frame'
import { JobsView } from './jobs-view'

type Props = { params: Promise<{ name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Jobs of ${(await params).name}` }
}

export default async function JobsPage({ params }: Props) {
  const { name } = await params
  const { workspaceId, role } = await enterAsMember('endpoint.read')
  const version = await productionVersion(database(), workspaceId, name)
  if (version === 'no_endpoint') notFound()
  const input = version === 'no_production' ? undefined : version.schema.input
  const columns = input?.type === 'object' ? Object.keys(input.fields) : undefined
  return (
    <EndpointFrame
      endpoint={name}
      description="Files of records, and requests that nobody waits for: predicted in the background, behind those that somebody waits for."
    >
      <JobsView
        endpoint={name}
        callable={version !== 'no_production'}
        columns={columns}
        mayManage={hasRole(role, 'editor')}
      />
    </EndpointFrame>
  )
}
