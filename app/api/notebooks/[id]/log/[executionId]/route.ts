import { openLog } from '../../../../../../lib/kernels/log'
import { attachment, route } from '../../../../../../lib/route'
import { ofNotebook } from '../../../../../../lib/route-targets'

export const GET = route({ action: 'kernel.log', target: ofNotebook }, async ({ params }) => {
  const { id, executionId } = params
  return attachment(`${executionId}.log`, 'text/plain; charset=utf-8', await openLog(id!, executionId!))
})
