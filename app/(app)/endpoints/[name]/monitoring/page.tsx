import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '../../../../../lib/db'
import { monitoringOf } from '../../../../../lib/monitoring/figures'
import { healthOf } from '../../../../../lib/monitoring/health'
import { isRange } from '../../../../../lib/monitoring/ranges'
import { endpointByName } from '../../../../../lib/registry/find'
import { enterAsMember } from '../../../../_ui/visitor'
import { wire } from '../../../../_ui/wire'
import { EndpointFrame } from '../endpoint-frame'
import { MonitoringView } from './monitoring-view'

type Props = { params: Promise<{ name: string }>; searchParams: Promise<{ range?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Monitoring of ${(await params).name}` }
}

export default async function MonitoringPage({ params, searchParams }: Props) {
  const [{ name }, { range }] = [await params, await searchParams]
  const { workspaceId } = await enterAsMember('endpoint.read')
  const endpoint = await endpointByName(database(), workspaceId, name)
  if (!endpoint) notFound()
  const [first, health] = await Promise.all([
    monitoringOf(database(), endpoint.id, isRange(range) ? range : '1h'),
    healthOf(database(), endpoint.id),
  ])
  return (
    <EndpointFrame endpoint={name} description="How it does: requests, errors and latency, as they come.">
      <MonitoringView endpoint={name} first={first} health={wire(health)} />
    </EndpointFrame>
  )
}
