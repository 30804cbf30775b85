import { listMachines } from '../../../lib/machines/list'
import { route } from '../../../lib/route'

export const GET = route({ action: 'machine.list' }, async () => ({ machines: await listMachines() }))
