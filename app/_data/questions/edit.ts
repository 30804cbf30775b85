import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { datasets } from '../../../drizzle/schema/datasets'
import { createVersion } from '../../../lib/datasets/create-version'
import { type SavedEdits, type SaveEdits, saveEdits } from '../../../lib/datasets/edit/edits'
import { type Dataset, requireVersion } from '../../../lib/datasets/find'
import { nextRowOf } from '../../../lib/datasets/next-row'
import { Refused } from '../../../lib/refused'
import type { DataContext } from '../context'
import { findConflicts } from '../edit/conflicts'
import { writeEditedRows } from '../edit/edited-rows'
import { stageEdits } from '../edit/stage-edits'
import { writeEdited } from '../edit/write-version'
import type { QuestionHandler } from '../question'

/** How often a save begins anew because somebody else was faster. */
const attempts = 5

/** Makes a version of edits, on top of the newest; or says which rows others changed meanwhile, and makes nothing. */
export const edit: QuestionHandler<'edit'> = {
  ask: saveEdits.extend({ datasetId: z.uuid(), userId: z.uuid().nullable() }),
  async answer(ask, context) {
    for (let attempt = 1; ; attempt++) {
      const [dataset] = await context.store.db.select().from(datasets).where(eq(datasets.id, ask.datasetId))
      if (!dataset || dataset.trashedAt)
        throw new Refused(404, 'not_found', 'there is no such data set any more')
      try {
        return await save(ask, dataset, context)
      } catch (error) {
        const wasLate = error instanceof Refused && error.code === 'newer_version'
        if (!wasLate || attempt === attempts) throw error
      }
    }
  },
}

async function save(
  { parent, edits, message, userId }: SaveEdits,
  dataset: Dataset,
  context: DataContext,
): Promise<SavedEdits> {
  const { db } = context.store
  const [seen, newest] = await Promise.all([requireVersion(db, dataset, parent), requireVersion(db, dataset)])
  const { columns } = newest
  const nextRow = nextRowOf(newest)
  const work = path.join(context.folder.work, randomUUID())
  try {
    return await context.duck.write(async (connection) => {
      const staged = await stageEdits(connection, edits, columns, nextRow, work)
      const rows = await findConflicts(connection, staged, seen, newest, context.store)
      if (rows.length > 0)
        return { state: 'conflicts', conflicts: { head: newest.number, columns, rows } } as const
      const edited = await writeEditedRows(
        connection,
        staged,
        { seen, newest },
        path.join(work, 'rows.parquet'),
        context.store,
      )
      const { counts } = edited
      if (counts.added + counts.changed + counts.deleted === 0)
        throw new Refused(
          422,
          'no_change',
          'nothing was changed: the newest version has these values already',
        )
      const files = await writeEdited(connection, newest, edited, context)
      const version = await createVersion(
        dataset.id,
        newest.number,
        {
          ...files,
          nextRow: nextRow + counts.added,
          origin: 'edit',
          message,
          rowsAdded: counts.added,
          rowsChanged: counts.changed,
          rowsDeleted: counts.deleted,
          createdBy: userId,
        },
        db,
      )
      return { state: 'saved', version, meanwhile: newest.number - seen.number, counts } as const
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
