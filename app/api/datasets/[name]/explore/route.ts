import { z } from 'zod'
import { dataStore } from '../../../../../lib/datasets/data-store'
import { exploreQuestion } from '../../../../../lib/datasets/explore/question'
import { requireDataset, requireVersion } from '../../../../../lib/datasets/find'
import { database } from '../../../../../lib/db'
import { route } from '../../../../../lib/route'

const body = exploreQuestion.extend({
  version: z.number().int().min(1).optional(),
  /** Who asks: another question of theirs ends this one. */
  asker: z.string().min(1).max(60),
})

/** What a figure shows of a version, the newest version without one. */
export const POST = route({ action: 'dataset.read', body }, async ({ entry, user, params, body }) => {
  const { version, asker, ...question } = body
  const dataset = await requireDataset(database(), entry.workspaceId, params.name!)
  const { id } = await requireVersion(database(), dataset, version)
  return dataStore().ask('explore', { ...question, versionId: id, asker: `${user.id} ${asker}` })
})
