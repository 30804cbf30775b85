import type { Metadata } from 'next'
import { database } from '../../../lib/db'
import { FilterError } from '../../../lib/experiments/filter'
import { listRuns } from '../../../lib/experiments/list'
import { runQuery } from '../../../lib/experiments/query'
import { hasRole } from '../../../lib/permissions'
import { enterAsMember } from '../../_ui/visitor'
import { wire } from '../../_ui/wire'
import { ExperimentsView } from './experiments-view'

export const metadata: Metadata = { title: 'Experiments' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ExperimentsPage({ searchParams }: Props) {
  const { workspaceId, role } = await enterAsMember('run.list')
  const asked = runQuery.safeParse(await searchParams).data ?? {}
  const list = await listRuns(database(), { workspaceId, ...asked }).catch((error) => {
    // The page says what is wrong with a filter in its address.
    if (error instanceof FilterError) return { runs: [], total: 0, params: [], metrics: [] }
    throw error
  })
  return <ExperimentsView first={wire(list)} asked={asked} mayChange={hasRole(role, 'editor')} />
}
