import { route } from '../../../lib/route'
import { installationStatus } from '../../../lib/status/provide'

export const GET = route({ action: 'machine.list' }, installationStatus)
