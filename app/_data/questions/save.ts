import type { DuckDBConnection } from '@duckdb/node-api'
import { desc, eq } from 'drizzle-orm'
import { datasets, datasetUploads, datasetVersions } from '../../../drizzle/schema/datasets'
import { createDataset, createVersion, type NewVersion } from '../../../lib/datasets/create-version'
import type { DatasetVersion } from '../../../lib/datasets/find'
import { type SaveImport, saveQuestion } from '../../../lib/datasets/save-import'
import { removeUploadFiles, requireUpload } from '../../../lib/datasets/uploads'
import type { Queryable } from '../../../lib/db'
import type { ImportColumn } from '../../../lib/protocol/dataset-import'
import { Refused } from '../../../lib/refused'
import type { DataContext } from '../context'
import { countWhole } from '../diff/whole-rows'
import { columnValue, isOfType } from '../import/column-values'
import { convert } from '../import/convert'
import { keepTypes } from '../import/keep-types'
import { type Fit, measureFit } from '../import/misfits'
import { type Inspected, stageUpload, uploadPaths } from '../import/stage'
import type { QuestionHandler } from '../question'
import { versionRows } from '../version-rows'
import { writeBase } from '../write-base'

/** Makes a version of an upload: all of it, or nothing. Asked twice, it answers with the version of the first time. */
export const save: QuestionHandler<'save'> = {
  ask: saveQuestion,
  async answer(ask, context) {
    const { db } = context.store
    const upload = await requireUpload(db, ask.uploadId)
    if (upload.savedVersionId) return saved(db, upload.savedVersionId)
    const version = await write(ask, upload, context)
    const answer = await makeVersion(ask, version, context, async (counted, target, tx) => {
      const made = await create(target, upload.workspaceId, counted, tx)
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

async function write(ask: SaveImport, upload: { name: string }, context: DataContext): Promise<NewVersion> {
  const { uploadId, options, leaveOutRejected, misfitsAsMissing, origin, userId, message } = ask
  return context.duck.write(async (connection) => {
    const inspected = await stageUpload(connection, { id: uploadId, name: upload.name }, options, context)
    const { staged, decided } = inspected
    const { columns: chosen, shapes } = await choose(connection, inspected, ask, context.store.db)
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
      if (!keep) return []
      const fits = (column.native === type && type !== 'text') || isOfType(column, type, decided[i]!)
      return [{ name, type, fits, ...columnValue(column, type, decided[i]!) }]
    })
    const doubtful = kept.filter(({ fits }) => !fits)
    if (!misfitsAsMissing) refuseMisfits(doubtful, await measureFit(connection, staged, doubtful))
    const types = kept.map(({ name, type }) => ({ name, type }))
    const select = await convert(connection, staged.file, kept, uploadPaths(context, uploadId).work)
    const base = await writeBase(connection, select, types, context, { shapes, row: 'file_row_number' })
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

/** How often a version is counted anew, because another one was made meanwhile. */
const mostTries = 5

/** Makes the version with what it changes of the one before: rows that both have are neither added nor deleted. */
async function makeVersion<Made>(
  { target }: SaveImport,
  version: NewVersion,
  context: DataContext,
  make: (version: NewVersion, target: SaveImport['target'], db: Queryable) => Promise<Made>,
): Promise<Made> {
  const { db, artifacts } = context.store
  for (let tries = 1; ; tries++) {
    const newest = 'datasetId' in target ? await newestOf(db, target.datasetId) : undefined
    if (!newest || !('datasetId' in target)) return db.transaction((tx) => make(version, target, tx))
    const [before, after] = await Promise.all(
      [newest, { ...version, changes: null }].map(async (each) => ({
        rows: await versionRows(each, artifacts),
        columns: each.columns,
      })),
    )
    const { added, deleted } = await context.duck.write((connection) =>
      countWhole(connection, before!, after!),
    )
    const counted = { ...version, rowsAdded: added, rowsDeleted: deleted }
    const { datasetId, parent } = target
    try {
      return await db.transaction((tx) => make(counted, { datasetId, parent: parent ?? newest.number }, tx))
    } catch (error) {
      const isCountedAnew = parent === null && (error as { code?: string }).code === 'newer_version'
      if (!isCountedAnew || tries === mostTries) throw error
    }
  }
}

/** What the person decided, else what is known or was before, else what was found out. */
async function choose(
  connection: DuckDBConnection,
  inspected: Inspected,
  { columns, known, target }: SaveImport,
  db: Queryable,
): Promise<{ columns: ImportColumn[]; shapes?: Record<string, number[]> }> {
  if (columns || !known) return { columns: columns ?? columnsOf(inspected) }
  const before = 'datasetId' in target ? await newestOf(db, target.datasetId) : undefined
  return keepTypes(connection, inspected, known, before?.columns ?? [])
}

async function newestOf(db: Queryable, datasetId: string): Promise<DatasetVersion | undefined> {
  const [row] = await db
    .select()
    .from(datasetVersions)
    .where(eq(datasetVersions.datasetId, datasetId))
    .orderBy(desc(datasetVersions.number))
    .limit(1)
  return row
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

async function create(target: SaveImport['target'], workspaceId: string, version: NewVersion, db: Queryable) {
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
