import { z } from 'zod'
import { keepPreference } from '../../../../lib/preferences/store'
import { statusLayout } from '../../../../lib/protocol/preferences'
import { route } from '../../../../lib/route'

const body = z.object({ layout: statusLayout })

export const PUT = route({ action: 'account.preferences', body }, ({ user, body: { layout } }) =>
  keepPreference(user.id, 'status-layout', layout),
)
