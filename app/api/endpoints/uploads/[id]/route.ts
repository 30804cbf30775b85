import { z } from 'zod'
import { database } from '../../../../../lib/db'
import { processImporter } from '../../../../../lib/registry/uploads/importer'
import { findUpload, inspectUpload } from '../../../../../lib/registry/uploads/uploads'
import { wishes } from '../../../../../lib/registry/uploads/wishes'
import { route } from '../../../../../lib/route'

const body = wishes.extend({ workspace: z.string().optional() })

/** Tries an upload with other names or records. */
export const POST = route(
  { action: 'endpoint.manage', body },
  async ({ entry, params, body: { naming, records } }) => {
    const upload = await findUpload(database(), entry.workspaceId, params.id!)
    return { report: await inspectUpload(processImporter(), upload, { naming, records }) }
  },
)
