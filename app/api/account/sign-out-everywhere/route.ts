import { route } from '../../../../lib/route'
import { signOutEverywhere } from '../../../../lib/session'

export const POST = route({ action: 'account.sign_out_everywhere' }, ({ user }) => signOutEverywhere(user.id))
