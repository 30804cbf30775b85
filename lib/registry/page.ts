import { and, eq, isNull, ne } from 'drizzle-orm'
import { modelVersions, notebooks, users } from '../../drizzle/schema'
import { shadows } from '../../drizzle/schema/shadows'
import { type AbTestSummary, listAbTests } from '../abtests/list'
import type { Database } from '../db'
import type { VersionSource } from '../protocol/version-source'
import type { VersionState, VersionStatus } from '../protocol/version-status'
import { type FoundRequest, searchRequests } from '../requests/search'
import { endpointByName } from './find'
import { type HistoryEntry, statusHistory } from './history'
import { type EndpointSummary, listEndpoints } from './list'
import { compareVersions } from './versions'

/** One version as its endpoint's page shows it. */
export type VersionDetail = {
  id: string
  version: string
  status: VersionStatus
  /** Percent of the requests of which it gets copies; null where it shadows nothing. */
  shadow: number | null
  state: VersionState
  rejection: string | null
  createdAt: Date
  createdBy: string | null
  notebook: { id: string; title: string } | null
  cellId: string | null
  /** Where it came from, where that is no cell. */
  source: VersionSource | null
  cellSource: string | null
  artifactBytes: number
  schema: typeof modelVersions.$inferSelect.schema
  example: { record: unknown; prediction: unknown } | null
  selfTest: { records: number; maxDifference: number } | null
  environment: Record<string, string>
}

/** All that an endpoint's page shows. */
export type EndpointPage = {
  summary: EndpointSummary
  /** Newest first. */
  versions: VersionDetail[]
  /** The version that answers now. */
  production: VersionDetail | null
  /** Newest first, at most 50. */
  recent: FoundRequest[]
  /** Changes of status, newest first. */
  history: HistoryEntry[]
  /** Newest first. */
  abTests: AbTestSummary[]
}

/** Undefined when the workspace has no such endpoint. */
export async function endpointPage(
  db: Database,
  workspaceId: string,
  name: string,
): Promise<EndpointPage | undefined> {
  const endpoint = await endpointByName(db, workspaceId, name)
  if (!endpoint) return
  const [summaries, versions, { requests: recent }, history, abTests] = await Promise.all([
    listEndpoints(db, workspaceId, name),
    versionsOf(db, endpoint.id),
    searchRequests(db, endpoint.id, {}),
    statusHistory(db, { endpointId: endpoint.id }),
    listAbTests(db, endpoint.id),
  ])
  const production =
    versions.find(({ status, state }) => status === 'production' && state === 'ready') ?? null
  return { summary: summaries[0]!, versions, production, recent, history, abTests }
}

async function versionsOf(db: Database, endpointId: string): Promise<VersionDetail[]> {
  const rows = await db
    .select({
      id: modelVersions.id,
      version: modelVersions.version,
      status: modelVersions.status,
      shadow: shadows.share,
      state: modelVersions.state,
      rejection: modelVersions.rejection,
      createdAt: modelVersions.createdAt,
      createdBy: users.name,
      notebookId: notebooks.id,
      notebookTitle: notebooks.title,
      cellId: modelVersions.cellId,
      source: modelVersions.source,
      cellSource: modelVersions.cellSource,
      artifactBytes: modelVersions.artifactBytes,
      schema: modelVersions.schema,
      example: modelVersions.example,
      selfTest: modelVersions.selfTest,
      environment: modelVersions.environment,
    })
    .from(modelVersions)
    .leftJoin(shadows, and(eq(shadows.versionId, modelVersions.id), isNull(shadows.endedAt)))
    .leftJoin(users, eq(users.id, modelVersions.createdBy))
    .leftJoin(notebooks, eq(notebooks.id, modelVersions.notebookId))
    .where(and(eq(modelVersions.endpointId, endpointId), ne(modelVersions.state, 'deleted')))
  return rows
    .map(({ notebookId, notebookTitle, ...row }) => ({
      ...row,
      notebook: notebookId && notebookTitle !== null ? { id: notebookId, title: notebookTitle } : null,
    }))
    .sort((a, b) => compareVersions(b.version, a.version))
}
