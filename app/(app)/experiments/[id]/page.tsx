import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '../../../../lib/db'
import { readRun } from '../../../../lib/experiments/run'
import { hasRole } from '../../../../lib/permissions'
import { Refused } from '../../../../lib/refused'
import { enterAsMember } from '../../../_ui/visitor'
import { wire } from '../../../_ui/wire'
import { RunView } from './run-view'

export const metadata: Metadata = { title: 'Run' }

export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  const { workspaceId, role } = await enterAsMember('run.read')
  const page = await readRun(database(), workspaceId, (await params).id).catch((error) => {
    if (error instanceof Refused) notFound()
    throw error
  })
  return <RunView first={wire(page)} mayChange={hasRole(role, 'editor')} />
}
