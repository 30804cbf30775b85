import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '../../../../../lib/db'
import { hasRole } from '../../../../../lib/permissions'
import { endpointByName } from '../../../../../lib/registry/find'
import { searchChoices } from '../../../../../lib/requests/choices'
import { enterAsMember } from '../../../../_ui/visitor'
import { wire } from '../../../../_ui/wire'
import { EndpointFrame } from '../endpoint-frame'
import { RequestsView } from './requests-view'
import { readSearch } from './search'

type Props = {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Requests of ${(await params).name}` }
}

export default async function RequestsPage({ params, searchParams }: Props) {
  const [{ name }, query] = [await params, await searchParams]
  const { workspaceId, role } = await enterAsMember('endpoint.read')
  const endpoint = await endpointByName(database(), workspaceId, name)
  if (!endpoint) notFound()
  const choices = await searchChoices(database(), workspaceId, endpoint.id)
  return (
    <EndpointFrame
      endpoint={name}
      description="Who asked what, and what was answered: search it, label it, take it along."
    >
      <RequestsView
        endpoint={name}
        choices={wire(choices)}
        first={readSearch(query)}
        mayCreateData={hasRole(role, 'editor')}
      />
    </EndpointFrame>
  )
}
