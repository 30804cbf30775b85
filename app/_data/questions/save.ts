import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { datasets, datasetUploads, datasetVersions } from '../../../drizzle/schema/datasets'
import { createDataset, createVersion, type NewVersion } from '../../../lib/datasets/create-version'
import { type SaveImport, saveImport } from '../../../lib/datasets/save-import'
import { removeUploadFiles, requireUpload } from '../../../lib/datasets/uploads'
import type { Queryable } from '../../../lib/db'
import type { ImportColumn } from '../../../lib/protocol/dataset-import'
import { Refused } from '../../../lib/refused'
import type { DataContext } from '../context'
import { columnValue } from '../import/column-values'
import { convert } from '../import/convert'
import { type Fit, measureFit } from '../import/misfits'
import { type Inspected, stageUpload, uploadPaths } from '../import/stage'
import type { QuestionHandler } from '../question'
import { writeBase } from '../write-base'

/** Makes a version of an upload: all of it, or nothing. Asked twice, it answers with the version of the first time. */
export const save: QuestionHandler<'save'> = {
  ask: saveImport.extend({
    uploadId: z.uuid(),
    userId: z.uuid().nullable(),
    origin: z.enum(['upload', 'push', 'requests']),
  }),
  async answer(ask, context) {
    const { db } = context.store
    const upload = await requireUpload(db, ask.uploadId)
    if (upload.savedVersionId) return saved(db, upload.savedVersionId)
    const version = await write(ask, upload, context)
    const answer = await db.transaction(async (tx) => {
      const made = await create(ask, upload.workspaceId, version, tx)
      await tx
        .update(datasetUploads)
        .set({ savedVersionId: made.version.id })
        .where(eq(datasetUploads.id, upload.id))
      return made
    })
    await removeUploadFiles(context.folder.uploads, upload.id)
    return answer
  },
}

async function write(
  { uploadId, options, columns, leaveOutRejected, misfitsAsMissing, origin, userId, message }: SaveImport,
  upload: { name: string },
  context: DataContext,
): Promise<NewVersion> {
  return context.duck.use(async (connection) => {
    const inspected = await stageUpload(connection, { id: uploadId, name: upload.name }, options, context)
    const { staged, decided } = inspected
    const chosen = columns ?? columnsOf(inspected)
    check(chosen, staged.columns.length)
    const { count, examples } = staged.rejected
    if (count > 0 && !leaveOutRejected) {
      const [first] = examples
      throw new Refused(
        422,
        'rejected_lines',
        `${count === 1 ? 'a line is no row' : `${count} lines are no rows`}; mend the file or leave them out: line ${first!.line} ${first!.reason}`,
      )
    }
    const kept = staged.columns.flatMap((column, i) => {
      const { keep, name, type } = chosen[i]!
      return keep ? [{ name, type, ...columnValue(column, type, decided[i]!) }] : []
    })
    if (!misfitsAsMissing) refuseMisfits(kept, await measureFit(connection, staged, kept))
    const types = kept.map(({ name, type }) => ({ name, type }))
    const select = await convert(connection, staged.file, kept, uploadPaths(context, uploadId).work)
    const base = await writeBase(connection, select, types, context, { row: 'file_row_number' })
    return {
      ...base,
      origin,
      message: message || upload.name,
      rowsAdded: base.rows,
      rowsChanged: 0,
      rowsDeleted: 0,
      createdBy: userId,
    }
  })
}

const columnsOf = ({ staged, decided }: Inspected): ImportColumn[] =>
  staged.columns.map(({ name }, i) => ({ name, type: decided[i]!.type, keep: true }))

function check(columns: ImportColumn[], count: number) {
  if (columns.length !== count)
    throw new Refused(422, 'other_columns', `the file has ${count} columns, not ${columns.length}`)
  const kept = columns.filter(({ keep }) => keep)
  if (kept.length === 0) throw new Refused(422, 'no_columns', 'keep at least one column')
  const seen = new Map<string, number>()
  for (const [i, { name, keep }] of columns.entries()) {
    if (!keep) continue
    // DuckDB and SQL tell names apart without their case.
    const key = name.toLowerCase()
    if (key === '__row' || key === '__deleted')
      throw new Refused(422, 'reserved_name', `choose another name, Cellar uses this one itself: ${name}`)
    if (seen.has(key)) {
      const first = seen.get(key)! + 1
      throw new Refused(422, 'same_names', `columns ${first} and ${i + 1} have the same name: ${name}`)
    }
    seen.set(key, i)
  }
}

function refuseMisfits(columns: { name: string; type: string }[], fits: Fit[]) {
  const at = fits.findIndex(({ misfits }) => misfits.count > 0)
  if (at === -1) return
  const { count, examples } = fits[at]!.misfits
  const [first] = examples
  const { name, type } = columns[at]!
  throw new Refused(
    422,
    'misfits',
    `${count} ${count === 1 ? 'value is' : 'values are'} no ${type}; choose another type or let them be missing: ${name}, line ${first?.line}: ${first?.value}`,
  )
}

async function create({ target }: SaveImport, workspaceId: string, version: NewVersion, db: Queryable) {
  if ('datasetId' in target) {
    const [dataset] = await db.select().from(datasets).where(eq(datasets.id, target.datasetId))
    if (!dataset || dataset.workspaceId !== workspaceId)
      throw new Refused(404, 'not_found', 'there is no such data set')
    const made = await createVersion(target.datasetId, target.parent, version, db)
    return { datasetId: dataset.id, name: dataset.name, version: made }
  }
  const { name, description } = target
  const made = await createDataset({ workspaceId, name, description, version }, db)
  return { datasetId: made.id, name, version: made.version }
}

async function saved(db: Queryable, versionId: string) {
  const [row] = await db
    .select({ version: datasetVersions, name: datasets.name })
    .from(datasetVersions)
    .innerJoin(datasets, eq(datasets.id, datasetVersions.datasetId))
    .where(eq(datasetVersions.id, versionId))
  const { id, number, hash, datasetId } = row!.version
  return { datasetId, name: row!.name, version: { id, number, hash } }
}
