import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { eq, lt, sql } from 'drizzle-orm'
import { datasetUploads } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import { Refused } from '../refused'
import { isUuid } from '../uuid'

export type DatasetUpload = typeof datasetUploads.$inferSelect

/** How long an upload is kept that nothing was made of, hours. */
const keptHours = 24

/** An upload, of one workspace where it is named. Refuses (404). */
export async function requireUpload(db: Queryable, id: string, workspaceId?: string): Promise<DatasetUpload> {
  const [row] = isUuid(id) ? await db.select().from(datasetUploads).where(eq(datasetUploads.id, id)) : []
  if (!row || (workspaceId !== undefined && row.workspaceId !== workspaceId))
    throw new Refused(404, 'not_found', 'this upload is no longer there; upload the file again')
  return row
}

/** Takes note of a file that is there, or comes. */
export const insertUpload = (db: Queryable, upload: typeof datasetUploads.$inferInsert) =>
  db.insert(datasetUploads).values(upload)

/** Forgets an upload and its files. */
export async function deleteUpload(db: Queryable, folder: string, id: string) {
  await db.delete(datasetUploads).where(eq(datasetUploads.id, id))
  await removeUploadFiles(folder, id)
}

/** Removes an upload's file, and what was made of it on the way. `folder`: of all uploads. */
export async function removeUploadFiles(folder: string, id: string) {
  await Promise.all(
    ['', '.json', '.work'].map((ending) =>
      rm(path.join(folder, `${id}${ending}`), { recursive: true, force: true }),
    ),
  )
}

/** Removes uploads of yesterday, and files that no row speaks of. Resolves to how many uploads. */
export async function sweepDatasetUploads(db: Queryable, folder: string): Promise<number> {
  const old = await db
    .delete(datasetUploads)
    .where(lt(datasetUploads.createdAt, sql`now() - make_interval(hours => ${keptHours})`))
    .returning({ id: datasetUploads.id })
  for (const { id } of old) await removeUploadFiles(folder, id)
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name)
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > 2 * keptHours * 3_600_000) await rm(file, { recursive: true, force: true })
  }
  return old.length
}
