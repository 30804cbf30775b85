import type { Metadata } from 'next'
import { enterAccount } from '../../../lib/door'
import { readPreference } from '../../../lib/preferences/store'
import { Refused } from '../../../lib/refused'
import { installationStatus } from '../../../lib/status/provide'
import { member } from '../../_ui/visitor'
import { StatusView } from './status-view'

export const metadata: Metadata = { title: 'Status' }

export default async function StatusPage() {
  const { user } = await member()
  enterAccount({ kind: 'user', id: user.id }, 'machine.list')
  const [status, layout] = await Promise.all([
    // Without Redis the page says so, and fills once it is back.
    installationStatus().catch((error) => {
      if (error instanceof Refused) return undefined
      throw error
    }),
    readPreference(user.id, 'status-layout'),
  ])
  return <StatusView first={status} layout={layout} />
}
