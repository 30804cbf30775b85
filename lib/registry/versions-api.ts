import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../drizzle/schema'
import { endpointName } from '../protocol/serving'
import { exportFormats } from '../protocol/study'
import { Refused } from '../refused'
import { unknownEndpoint } from '../serving/refusal'
import { refusing } from '../serving/refusing'
import type { VersionsApi } from '../serving/versions-api'
import { webHeaders } from '../serving/web-request'
import { exportVersion } from './exports/export-version'
import type { Registry } from './registry'
import { setStatus } from './status'
import type { Studies } from './study'
import type { Importer } from './uploads/importer'
import { receiveModelFiles } from './uploads/model-files'
import { publishUpload } from './uploads/publish-upload'
import { keepUpload } from './uploads/uploads'
import { wishes } from './uploads/wishes'
import { compareVersions } from './versions'

/** What applications may do with versions, for the gateway: the same functions that pages call. */
export const createVersionsApi = (registry: Registry, importer: Importer, studies: Studies): VersionsApi => ({
  list: ({ workspaceId, endpoint }) => refusing(() => listVersions(registry, workspaceId, endpoint)),

  upload: ({ workspaceId, author: userId, endpoint: name, status }, request) =>
    refusing(async () => {
      const endpoint = endpointName.safeParse(name)
      if (!endpoint.success)
        throw new Refused(400, 'bad_request', `${endpoint.error.issues[0]?.message}: ${name.slice(0, 100)}`)
      const given: Record<string, string> = {}
      const files = await receiveModelFiles(formOf(request), importer.uploads, undefined, given)
      const { naming, records } = parseWishes(given)
      const place = { workspaceId, userId }
      const { id } = await keepUpload(registry.db, place, files)
      const { version, url, page } = await publishUpload(registry, importer, {
        ...place,
        endpoint: endpoint.data,
        upload: id,
        status,
        naming,
        records,
      })
      return { version, url, page }
    }),

  setStatus: ({ author: userId, ...change }) => refusing(() => setStatus(registry, { ...change, userId })),

  exported: ({ format: wanted, ...asked }) =>
    refusing(async () => {
      const format = exportFormats.find((each) => each === wanted)
      if (!format)
        throw new Refused(
          400,
          'bad_format',
          `format: expected one of ${exportFormats.join(', ')}, got ${wanted?.slice(0, 100) ?? 'none'}`,
        )
      return exportVersion({ registry, studies, uploads: importer.uploads }, { ...asked, format })
    }),
})

async function listVersions({ db }: Registry, workspaceId: string, endpoint: string) {
  const rows = await db
    .select({
      version: modelVersions.version,
      status: modelVersions.status,
      state: modelVersions.state,
      createdAt: modelVersions.createdAt,
    })
    .from(endpoints)
    .leftJoin(
      modelVersions,
      and(eq(modelVersions.endpointId, endpoints.id), ne(modelVersions.state, 'deleted')),
    )
    .where(
      and(eq(endpoints.workspaceId, workspaceId), eq(endpoints.name, endpoint), isNull(endpoints.deletedAt)),
    )
  if (rows.length === 0) throw unknownEndpoint(endpoint)
  return rows
    .flatMap(({ version, status, state, createdAt }) =>
      version !== null && status !== null && state !== null && createdAt !== null
        ? [{ version, status, state, created_at: createdAt.toISOString() }]
        : [],
    )
    .sort((a, b) => compareVersions(b.version, a.version))
}

/** The form's fields `naming` and `records`, as JSON. */
function parseWishes(given: Record<string, string>) {
  const parsed: Record<string, unknown> = {}
  for (const name of ['naming', 'records'])
    if (given[name] !== undefined)
      try {
        parsed[name] = JSON.parse(given[name])
      } catch {
        throw new Refused(400, 'bad_request', `${name}: expected JSON`)
      }
  const { success, data, error } = wishes.safeParse(parsed)
  if (success) return data
  const [issue] = error.issues
  throw new Refused(400, 'bad_request', `${issue?.path.join('.')}: ${issue?.message}`)
}

const formOf = (request: IncomingMessage) => ({
  headers: webHeaders(request),
  body: Readable.toWeb(request) as ReadableStream<Uint8Array>,
})
