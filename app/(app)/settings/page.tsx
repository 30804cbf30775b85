import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ownsInstallation } from '../../../lib/door'
import { listMachines } from '../../../lib/machines/list'
import { hasRole } from '../../../lib/permissions'
import { listTokens } from '../../../lib/tokens/list'
import { Page, PageHeader } from '../../_ui/page'
import { enterAsMember, member } from '../../_ui/visitor'
import { wire } from '../../_ui/wire'
import { Account } from './account'
import { Administration } from './administration'
import { ApiKeys } from './api-keys'
import { Installation } from './installation'
import { Spark } from './spark'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  const { user, workspace } = await member()
  const mayEdit = hasRole(workspace.role, 'editor')
  const [tokens, machines, owner] = await Promise.all([
    mayEdit ? keys() : [],
    listMachines(),
    ownsInstallation(user.id),
  ])
  return (
    <Page narrow>
      <PageHeader title="Settings" />
      <ApiKeys tokens={wire(tokens)} mayEdit={mayEdit} />
      <Account name={user.name} email={user.email} workspace={workspace.name} />
      <Installation machines={wire(machines)} />
      <Suspense>
        <Spark />
      </Suspense>
      {owner && <Administration />}
    </Page>
  )
}

async function keys() {
  const { workspaceId } = await enterAsMember('token.list')
  return listTokens(workspaceId)
}
