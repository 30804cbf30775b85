import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '../../../../../lib/db'
import { endpointPage } from '../../../../../lib/registry/page'
import { enterAsMember } from '../../../../_ui/visitor'
import { wire } from '../../../../_ui/wire'
import { EndpointFrame } from '../endpoint-frame'
import { ApiView } from './api-view'

type Props = { params: Promise<{ name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `API of ${(await params).name}` }
}

export default async function EndpointApiPage({ params }: Props) {
  const { name } = await params
  const { workspaceId } = await enterAsMember('endpoint.read')
  const page = await endpointPage(database(), workspaceId, name)
  if (!page) notFound()
  const { production } = page
  return (
    <EndpointFrame endpoint={name} description="How programs call it, and what they may send.">
      <ApiView endpoint={name} production={production ? wire(production) : undefined} />
    </EndpointFrame>
  )
}
