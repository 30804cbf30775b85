import { openTableFile, readTableRequest } from '../../../../../../lib/kernels/table-file'
import { attachment, route } from '../../../../../../lib/route'
import { ofNotebook } from '../../../../../../lib/route-targets'

export const GET = route({ action: 'notebook.read', target: ofNotebook }, async ({ params, query, user }) => {
  const { id, table } = params
  const asked = readTableRequest(table!, query)
  const { bytes } = await openTableFile({ notebookId: id!, userId: user.id }, asked)
  return attachment(`table.${asked.format}`, types[asked.format], bytes)
})

const types = { csv: 'text/csv; charset=utf-8', parquet: 'application/vnd.apache.parquet' }
