import { z } from 'zod'
import { readConfig } from '../../../../../../../lib/config'
import { dataFolder } from '../../../../../../../lib/datasets/data-folder'
import { dataStore } from '../../../../../../../lib/datasets/data-store'
import { datasetName } from '../../../../../../../lib/datasets/name'
import { saveTable } from '../../../../../../../lib/datasets/save-table'
import { database } from '../../../../../../../lib/db'
import { openTableFile } from '../../../../../../../lib/kernels/table-file'
import { allRows } from '../../../../../../../lib/protocol/all-rows'
import { tableQuery } from '../../../../../../../lib/protocol/tables'
import { created, route } from '../../../../../../../lib/route'
import { ofNotebook } from '../../../../../../../lib/route-targets'

const body = z.object({
  name: datasetName,
  message: z.string().trim().max(2000).default(''),
  query: tableQuery.default(allRows),
})

/** Makes a version of a table that a cell shows: of a data set of this name, or of a new one. */
export const POST = route(
  { action: 'notebook.read', target: ofNotebook, body },
  async ({ entry: { workspaceId }, params: { id, table }, user, body: { query: rows, ...save } }) => {
    const { bytes, columns, query } = await openTableFile(
      { notebookId: id!, userId: user.id },
      { table: table!, format: 'parquet', query: rows },
    )
    const { home, origin } = readConfig()
    return created(
      await saveTable(
        bytes,
        {
          ...save,
          columns,
          workspaceId,
          actor: { kind: 'user', id: user.id },
          userId: user.id,
          origin: query ? 'query' : 'notebook',
        },
        { db: database(), ask: dataStore().ask, folder: dataFolder(home).uploads, origin },
      ),
    )
  },
)
