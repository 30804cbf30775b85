import { z } from 'zod'
import { dataStore } from '../../../../../lib/datasets/data-store'
import { saveImport } from '../../../../../lib/datasets/save-import'
import { requireUpload } from '../../../../../lib/datasets/uploads'
import { database } from '../../../../../lib/db'
import { created, route } from '../../../../../lib/route'

const body = saveImport.extend({ workspace: z.string().optional() })

/** Makes a data set of an uploaded file, or the next version of one. */
export const POST = route(
  { action: 'dataset.create', body },
  async ({ entry, params, user, body: { workspace: _, ...decided } }) => {
    const { id } = await requireUpload(database(), params.id!, entry.workspaceId)
    const ask = { ...decided, uploadId: id, userId: user.id, origin: 'upload' } as const
    return created(await dataStore().ask('save', ask))
  },
)
