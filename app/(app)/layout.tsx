import type { ReactNode } from 'react'
import { Shell } from '../_ui/shell/shell'
import { member } from '../_ui/visitor'

export default async function AppLayout({ children }: { children: ReactNode }) {
  const { user, workspace } = await member()
  const { id, name, role } = workspace
  return <Shell person={{ ...user, workspace: { id, name, role } }}>{children}</Shell>
}
