import path from 'node:path'
import { z } from 'zod'
import { versionById } from '../../../lib/datasets/find'
import { maxPageRows } from '../../../lib/protocol/dataset'
import { diffKinds } from '../../../lib/protocol/dataset-diff'
import { readDiff } from '../diff/read-diff'
import { writeDiff } from '../diff/write-diff'
import { makeOnce } from '../make-once'
import type { QuestionHandler } from '../question'

/** What differs between two versions. Which rows do is found out once, and kept with the versions' files. */
export const diff: QuestionHandler<'diff'> = {
  ask: z.object({
    before: z.uuid(),
    after: z.uuid(),
    kinds: z.array(z.enum(diffKinds)).min(1),
    offset: z.number().int().min(0),
    limit: z.number().int().min(0).max(maxPageRows),
  }),
  async answer({ before, after, ...part }, context) {
    const { db } = context.store
    const [old, now] = await Promise.all([versionById(db, before), versionById(db, after)])
    const name = path.join(context.folder.whole, `${old.hash}-${now.hash}.diff.parquet`)
    const file = await makeOnce(name, (target) => writeDiff(target, old, now, context))
    return context.duck.use((connection) => readDiff(connection, file, [old, now], part, context.store))
  },
}
