import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { dataStore } from '../../../../../lib/datasets/data-store'
import { requireDataset, requireVersion } from '../../../../../lib/datasets/find'
import { database } from '../../../../../lib/db'
import { downloadEndings, downloadFormats, downloadTypes } from '../../../../../lib/protocol/dataset'
import { readQuery } from '../../../../../lib/read-query'
import { attachment, route } from '../../../../../lib/route'

const query = z.object({
  version: z.coerce.number().int().min(1).optional(),
  format: z.enum(downloadFormats),
})

/** A version as a file, the newest without one. */
export const GET = route({ action: 'dataset.read' }, async ({ entry, params, query: text }) => {
  const { version: asked, format } = readQuery(query, text)
  const dataset = await requireDataset(database(), entry.workspaceId, params.name!)
  const version = await requireVersion(database(), dataset, asked)
  const { file } = await dataStore().ask('download', { versionId: version.id, format })
  const stream = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>
  return attachment(
    `${dataset.name}-${version.number}.${downloadEndings[format]}`,
    downloadTypes[format],
    stream,
  )
})
