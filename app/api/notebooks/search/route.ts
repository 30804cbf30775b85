import { searchNotebooks } from '../../../../lib/notebooks/search'
import { route } from '../../../../lib/route'

export const GET = route({ action: 'notebook.list' }, async ({ entry, query }) => ({
  results: await searchNotebooks(entry.workspaceId, (query.q ?? '').slice(0, 200)),
}))
