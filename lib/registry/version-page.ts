import { createHash } from 'node:crypto'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import {
  abTests,
  endpoints,
  modelVersions,
  notebooks,
  revisionContents,
  revisions,
  users,
} from '../../drizzle/schema'
import type { Database } from '../db'
import { runsById } from '../experiments/list'
import type { CellKind } from '../notebook/document'
import { noEnvironment } from '../notebook/environment'
import type { RevisionContent } from '../notebook/revision-content'
import { sliceOf } from '../notebook/slice'
import type { ReadData } from '../protocol/read-data'
import type { RunRow } from '../protocol/runs'
import type { RecordSchema } from '../protocol/schema'
import type { VersionSource } from '../protocol/version-source'
import type { VersionState, VersionStatus } from '../protocol/version-status'
import { type Shadow, shadowsOf } from '../shadows/list'
import { type HistoryEntry, statusHistory } from './history'
import { reasonInUse } from './in-use'
import { type RequestFigures, requestFigures } from './request-figures'
import { versionNamed } from './version-named'
import { compareVersions } from './versions'

/** One version as its own page shows it. */
export type VersionPage = {
  endpoint: string
  /** When the endpoint was deleted. */
  endpointDeletedAt: Date | null
  id: string
  version: string
  status: VersionStatus
  state: VersionState
  rejection: string | null
  createdAt: Date
  createdBy: string | null
  deletedAt: Date | null
  deletedBy: string | null
  schema: RecordSchema
  example: { record: unknown; prediction: unknown } | null
  selfTest: { records: number; maxDifference: number } | null
  environment: Record<string, string>
  artifactBytes: number
  /** SHA-256, hexadecimal. `lockfile`: of the notebook's own packages; null where it has none or is gone. */
  hashes: { artifact: string; schema: string; lockfile: string | null }
  source: VersionSource | null
  notebook: { id: string; title: string } | null
  /** The newest revision that holds the cell as it ran. */
  revision: { id: string; name: string | null; createdAt: Date } | null
  cellId: string | null
  cellSource: string | null
  /** The cells that made it, in the order in which they run, the promoted one last; empty where the revision is gone. */
  slice: SliceCell[]
  /** What its cell recorded. */
  run: RunRow | null
  /** Files that these cells had read; null where that was not recorded. */
  data: ReadData[] | null
  /** Why it cannot be deleted now, as a sentence. */
  use: string | null
  /** The times that it got copies of requests, newest first. */
  shadows: Shadow[]
  requests: RequestFigures
  /** Its changes of status, newest first. */
  history: HistoryEntry[]
  /** The endpoint's versions, newest first. */
  versions: { version: string; status: VersionStatus; state: VersionState }[]
}

export type SliceCell = { id: string; kind: CellKind; source: string }

/** Undefined when the workspace has no such version. Deleted ones have their page. */
export async function versionPage(
  db: Database,
  workspaceId: string,
  endpoint: string,
  version: string,
): Promise<VersionPage | undefined> {
  const row = await findRow(db, workspaceId, endpoint, version)
  if (!row) return
  const { endpointId, artifact, content, data, notebookId, notebookTitle, revisionAt, runId, ...rest } = row
  const [requests, history, versions, tested, [run = null], shadows] = await Promise.all([
    requestFigures(db, endpointId, row.id),
    statusHistory(db, { versionId: row.id }),
    versionsOf(db, endpointId),
    isTested(db, endpointId, row.id),
    runsById(db, workspaceId, runId ? [runId] : []),
    shadowsOf(db, row.id),
  ])
  const slice = content && row.cellId ? sliceOf(content.cells, row.cellId) : []
  const inSlice = new Set(slice.map(({ id }) => id))
  const { revisionId, revisionName, ...shown } = rest
  return {
    ...shown,
    endpoint,
    hashes: { artifact, schema: sha256(JSON.stringify(row.schema)), lockfile: lockfileHash(content) },
    notebook: notebookId && notebookTitle !== null ? { id: notebookId, title: notebookTitle } : null,
    revision: revisionId && revisionAt ? { id: revisionId, name: revisionName, createdAt: revisionAt } : null,
    slice: slice.map(({ id, kind, source }) => ({ id, kind, source })),
    data: data && (slice.length > 0 ? data.filter(({ cellId }) => inSlice.has(cellId)) : data),
    run,
    use: reasonInUse({
      status: row.status,
      state: row.state,
      tested,
      shadowing: shadows.some(({ endedAt }) => endedAt === null),
    }),
    shadows,
    requests,
    history,
    versions,
  }
}

const remover = alias(users, 'remover')

async function findRow(db: Database, workspaceId: string, endpoint: string, version: string) {
  const [row] = await db
    .select({
      endpointId: endpoints.id,
      endpointDeletedAt: endpoints.deletedAt,
      id: modelVersions.id,
      version: modelVersions.version,
      status: modelVersions.status,
      state: modelVersions.state,
      rejection: modelVersions.rejection,
      createdAt: modelVersions.createdAt,
      createdBy: users.name,
      deletedAt: modelVersions.deletedAt,
      deletedBy: remover.name,
      schema: modelVersions.schema,
      example: modelVersions.example,
      selfTest: modelVersions.selfTest,
      environment: modelVersions.environment,
      artifact: modelVersions.artifact,
      artifactBytes: modelVersions.artifactBytes,
      source: modelVersions.source,
      data: modelVersions.data,
      runId: modelVersions.runId,
      notebookId: notebooks.id,
      notebookTitle: notebooks.title,
      cellId: modelVersions.cellId,
      cellSource: modelVersions.cellSource,
      revisionId: revisions.id,
      revisionName: revisions.name,
      revisionAt: revisions.createdAt,
      content: revisionContents.content,
    })
    .from(endpoints)
    .innerJoin(modelVersions, eq(modelVersions.endpointId, endpoints.id))
    .leftJoin(users, eq(users.id, modelVersions.createdBy))
    .leftJoin(remover, eq(remover.id, modelVersions.deletedBy))
    // A notebook in the trash is there for nobody.
    .leftJoin(notebooks, and(eq(notebooks.id, modelVersions.notebookId), isNull(notebooks.trashedAt)))
    .leftJoin(
      revisions,
      and(eq(revisions.id, modelVersions.revisionId), eq(revisions.notebookId, notebooks.id)),
    )
    .leftJoin(
      revisionContents,
      and(eq(revisionContents.notebookId, revisions.notebookId), eq(revisionContents.hash, revisions.hash)),
    )
    .where(versionNamed(workspaceId, endpoint, version))
  return row
}

async function versionsOf(db: Database, endpointId: string) {
  const rows = await db
    .select({
      version: modelVersions.version,
      status: modelVersions.status,
      state: modelVersions.state,
    })
    .from(modelVersions)
    .where(and(eq(modelVersions.endpointId, endpointId), ne(modelVersions.state, 'deleted')))
  return rows.sort((a, b) => compareVersions(b.version, a.version))
}

async function isTested(db: Database, endpointId: string, versionId: string) {
  const rows = await db
    .select({ id: abTests.id })
    .from(abTests)
    .where(
      and(
        eq(abTests.endpointId, endpointId),
        isNull(abTests.endedAt),
        sql`${abTests.variants} @> ${JSON.stringify([{ versionId }])}::jsonb`,
      ),
    )
  return rows.length > 0
}

/** Of npm's lockfile, by which its packages can be installed again. */
function lockfileHash(content: RevisionContent | null) {
  const { lock } = { ...noEnvironment, ...content?.environment }
  return typeof lock === 'string' && lock !== '' ? sha256(lock) : null
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
