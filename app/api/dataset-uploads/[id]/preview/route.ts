import { z } from 'zod'
import { dataStore } from '../../../../../lib/datasets/data-store'
import { requireUpload } from '../../../../../lib/datasets/uploads'
import { database } from '../../../../../lib/db'
import { columnTypes } from '../../../../../lib/protocol/dataset'
import { importOptions } from '../../../../../lib/protocol/dataset-import'
import { route } from '../../../../../lib/route'

const body = z.object({
  options: importOptions.default({}),
  /** Of the columns, in place of what is found; null leaves it at that. */
  types: z.array(z.enum(columnTypes).nullable()).optional(),
  workspace: z.string().optional(),
})

/** What an uploaded file holds, before anything is made of it. */
export const POST = route({ action: 'dataset.create', body }, async ({ entry, params, body }) => {
  const { id } = await requireUpload(database(), params.id!, entry.workspaceId)
  return dataStore().ask('inspect', { uploadId: id, options: body.options, types: body.types })
})
