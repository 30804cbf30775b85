import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '../../../../../../lib/db'
import { hasRole } from '../../../../../../lib/permissions'
import { listReproductions } from '../../../../../../lib/registry/reproduce/list'
import { versionPage } from '../../../../../../lib/registry/version-page'
import { enterAsMember } from '../../../../../_ui/visitor'
import { wire } from '../../../../../_ui/wire'
import { VersionView } from './version-view'

type Props = { params: Promise<{ name: string; version: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, version } = await params
  return { title: `${decodeURIComponent(name)} ${version}` }
}

export default async function VersionPage({ params }: Props) {
  const { name, version } = await params
  const { workspaceId, role } = await enterAsMember('endpoint.read')
  const endpoint = decodeURIComponent(name)
  const [page, reproductions] = await Promise.all([
    versionPage(database(), workspaceId, endpoint, version),
    listReproductions(database(), workspaceId, endpoint, version),
  ])
  if (!page) notFound()
  return (
    <VersionView page={wire(page)} reproductions={wire(reproductions)} mayManage={hasRole(role, 'editor')} />
  )
}
