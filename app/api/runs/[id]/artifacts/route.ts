import { database } from '../../../../../lib/db'
import { findArtifact } from '../../../../../lib/experiments/artifacts'
import { readRun } from '../../../../../lib/experiments/run'
import { imageType } from '../../../../../lib/files/image-type'
import { Refused } from '../../../../../lib/refused'
import { processRegistry } from '../../../../../lib/registry/registry'
import { attachment, route } from '../../../../../lib/route'

/** A run's file, to be saved: `?name=model/weights.bin`. */
export const GET = route({ action: 'run.read' }, async ({ entry, params, query }) => {
  const { run } = await readRun(database(), entry.workspaceId, params.id!)
  const found = await findArtifact(database(), run.id, query.name ?? '')
  if (!found) throw new Refused(404, 'not_found', `the run has no such artifact: ${query.name}`)
  const name = found.name.split('/').at(-1)!
  const { stream, bytes } = await processRegistry().artifacts.open(found.artifact)
  // What a cell calls a page is no page here: it is saved, and runs nothing.
  const response = attachment(name, imageType(name) ?? 'application/octet-stream', stream)
  response.headers.set('content-length', String(bytes))
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('content-security-policy', "default-src 'none'; sandbox")
  return response
})
