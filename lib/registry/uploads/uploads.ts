import { and, eq } from 'drizzle-orm'
import { modelUploads } from '../../../drizzle/schema/uploads'
import type { Database } from '../../db'
import {
  type ImportJob,
  type ImportNaming,
  type ImportReply,
  type ImportReport,
  importNaming,
  type UploadedFile,
} from '../../protocol/imported-model'
import { Refused } from '../../refused'
import type { Importer } from './importer'

/** Who does something in which workspace; the caller has passed the door. */
export type Place = { workspaceId: string; userId: string }

export type Upload = { id: string; files: UploadedFile[] }

/** Remembers files that lie in the store of uploads. */
export async function keepUpload(db: Database, place: Place, files: UploadedFile[]): Promise<Upload> {
  const [row] = await db
    .insert(modelUploads)
    .values({ workspaceId: place.workspaceId, createdBy: place.userId, files })
    .returning({ id: modelUploads.id })
  return { id: row!.id, files }
}

/** An upload of this workspace. Refuses 404 when it is none, or older than a day. */
export async function findUpload(db: Database, workspaceId: string, id: string): Promise<Upload> {
  const [row] = await db
    .select({ id: modelUploads.id, files: modelUploads.files })
    .from(modelUploads)
    .where(and(eq(modelUploads.id, id), eq(modelUploads.workspaceId, workspaceId)))
  if (!row) throw new Refused(404, 'no_upload', `these files are not here any more, upload them again: ${id}`)
  return row
}

/** How a person wants to call and try what was uploaded. */
export type Wishes = { naming?: ImportNaming; records?: unknown[] }

/** What model an upload holds. Refuses 422 with the file and the reason where it holds none, 503 without a worker. */
export async function inspectUpload(
  importer: Importer,
  upload: Upload,
  wishes: Wishes = {},
): Promise<ImportReport> {
  return (await askImport(importer, upload, wishes, false)).report
}

/** The same, and the model as an artifact for its version. */
export async function importUpload(importer: Importer, upload: Upload, wishes: Wishes) {
  const { report, artifact } = await askImport(importer, upload, wishes, true)
  return { report, artifact: artifact! }
}

async function askImport(
  { importModel }: Importer,
  { files }: Upload,
  { naming = importNaming.parse({}), records }: Wishes,
  keep: boolean,
): Promise<Extract<ImportReply, { ok: true }>> {
  const job: ImportJob = { files, naming, records: records ?? null, keep }
  const reply = await importModel(job).catch((cause: Error) => {
    throw new Refused(503, 'no_worker', `the files were not looked at, try again: ${cause.message}`)
  })
  if (!reply.ok) throw new Refused(422, 'no_model', reply.reason)
  return reply
}
