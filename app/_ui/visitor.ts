import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { enter } from '../../lib/door'
import type { Action } from '../../lib/permissions'
import { Refused } from '../../lib/refused'
import { currentUser } from '../../lib/session'
import { personalWorkspace } from '../../lib/workspaces/personal'

/** Who looks at this page; undefined for nobody. Asked once per request. */
export const visitor = cache(async () => currentUser((await headers()).get('cookie')))

/** The signed-in person and their workspace; everybody else is sent to the sign-in page. */
export const member = cache(async () => {
  const user = await visitor()
  if (!user) redirect('/sign-in')
  return { user, workspace: await personalWorkspace(user.id) }
})

/** Passes the door as the signed-in person; what is refused is a page that does not exist. */
export async function enterAsMember(action: Action) {
  const { user, workspace } = await member()
  try {
    return await enter({ kind: 'user', id: user.id }, action, { workspaceId: workspace.id })
  } catch (error) {
    if (error instanceof Refused) notFound()
    throw error
  }
}
