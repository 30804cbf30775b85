import path from 'node:path'
import { z } from 'zod'
import { type DatasetVersion, versionById } from '../../../lib/datasets/find'
import { haveSameRows } from '../../../lib/datasets/row-identity'
import { maxPageRows } from '../../../lib/protocol/dataset'
import { diffKinds } from '../../../lib/protocol/dataset-diff'
import type { DataContext } from '../context'
import { readDiff } from '../diff/read-diff'
import { writeWholeDiff } from '../diff/whole-rows'
import { writeDiff } from '../diff/write-diff'
import { makeOnce } from '../make-once'
import type { QuestionHandler } from '../question'
import { versionRows } from '../version-rows'

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
    const asWholes =
      old.datasetId !== now.datasetId || !(await haveSameRows(db, old.datasetId, old.number, now.number))
    const name = `${old.hash}-${now.hash}${asWholes ? '.wholes' : ''}.diff.parquet`
    const file = await makeOnce(path.join(context.folder.whole, name), (target) =>
      asWholes ? writeWholes(target, old, now, context) : writeDiff(target, old, now, context),
    )
    return context.duck.use((connection) =>
      readDiff(connection, file, [old, now], { ...part, asWholes }, context.store),
    )
  },
}

async function writeWholes(
  target: string,
  before: DatasetVersion,
  after: DatasetVersion,
  context: DataContext,
) {
  const { artifacts } = context.store
  const [a, b] = await Promise.all(
    [before, after].map(async (each) => ({
      rows: await versionRows(each, artifacts),
      columns: each.columns,
    })),
  )
  await context.duck.write((connection) => writeWholeDiff(connection, target, a!, b!))
}
