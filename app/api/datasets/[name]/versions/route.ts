import { dataStore } from '../../../../../lib/datasets/data-store'
import { saveEdits } from '../../../../../lib/datasets/edit/edits'
import { listVersions, requireDataset } from '../../../../../lib/datasets/find'
import { database } from '../../../../../lib/db'
import { created, route } from '../../../../../lib/route'

/** The versions of a data set, the newest first. */
export const GET = route({ action: 'dataset.read' }, async ({ entry, params }) => {
  const { id } = await requireDataset(database(), entry.workspaceId, params.name!)
  return { versions: await listVersions(database(), id) }
})

/** Saves edits as the next version. Where others changed the same rows meanwhile: 409, with those rows, and nothing is saved. */
export const POST = route(
  { action: 'dataset.write', body: saveEdits },
  async ({ entry, params, user, body }) => {
    const { id } = await requireDataset(database(), entry.workspaceId, params.name!)
    const answer = await dataStore().ask('edit', { ...body, datasetId: id, userId: user.id })
    if (answer.state === 'saved') return created(answer)
    const message = `others changed rows that you changed, choose what holds: ${answer.conflicts.rows.length}`
    return Response.json(
      { error: { code: 'conflicts', message }, conflicts: answer.conflicts },
      { status: 409 },
    )
  },
)
