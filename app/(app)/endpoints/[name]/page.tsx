import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '../../../../lib/db'
import { hasRole } from '../../../../lib/permissions'
import { endpointPage } from '../../../../lib/registry/page'
import { pageOrigin } from '../../../_ui/page-origin'
import { enterAsMember } from '../../../_ui/visitor'
import { wire } from '../../../_ui/wire'
import { EndpointView } from './endpoint-view'

type Props = { params: Promise<{ name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function EndpointPage({ params }: Props) {
  const { name } = await params
  const { workspaceId, role } = await enterAsMember('endpoint.read')
  const page = await endpointPage(database(), workspaceId, name)
  if (!page) notFound()
  return <EndpointView page={wire(page)} origin={await pageOrigin()} mayManage={hasRole(role, 'editor')} />
}
