import { LRUCache } from 'lru-cache'
import type { Sql } from 'postgres'
import { createRecordReader, type ParsedRecords } from '../protocol/records'
import type { RecordSchema } from '../protocol/schema'
import type { VersionStatus } from '../protocol/version-status'
import { createFresh } from './fresh'
import { defaultLimits, type EndpointLimits, type Limits, resolveLimits } from './limits'
import { noVersion, unknownEndpoint, unknownVersion } from './refusal'

/** Which version of an endpoint: one by name, else the newest of a status, else the one in production. */
export type Selector = { version?: string; status?: VersionStatus }

/** A version that answers for an endpoint. */
export type Serving = {
  endpointId: string
  versionId: string
  version: string
  artifact: string
  schema: RecordSchema
  example: { record: unknown; prediction: unknown } | null
  /** Share of its requests whose inputs and outputs are logged. */
  sampleShare: number
  limits: Limits
  /** Reads a request's body by the schema's input. */
  read: Reader
}
type Reader = (body: unknown) => ParsedRecords
type Row = { endpointId: string } & EndpointLimits & {
    [K in keyof Omit<Serving, 'endpointId' | 'limits' | 'read'>]: Serving[K] | null
  }

/** A changed production version answers within this time, milliseconds. */
const maxAgeMs = 1000

/** The versions that answer for endpoints, from the database and at most a second old. */
export function createVersions(sql: Sql, defaults: Limits = defaultLimits) {
  const fresh = createFresh<Serving>(maxAgeMs)
  // Versions never change, and compiling a schema costs more than a request.
  const readers = new LRUCache<string, Reader>({ max: 500 })

  function reader(versionId: string, schema: RecordSchema) {
    const known = readers.get(versionId)
    if (known) return known
    const compiled = createRecordReader(schema.input)
    readers.set(versionId, compiled)
    return compiled
  }

  async function load(workspaceId: string, name: string, selector: Selector): Promise<Serving> {
    const { version: wanted, status = 'production' } = selector
    const chosen = wanted === undefined ? sql`v.status = ${status}` : sql`v.version = ${wanted}`
    const [row] = await sql<Row[]>`
      select e.id as "endpointId", v.id as "versionId", v.version, v.artifact, v.schema, v.example,
        coalesce(l.sample_share, 1) as "sampleShare", limits.batch_size as "batchSize",
        limits.max_waiting as "maxWaiting", limits.deadline_ms as "deadlineMs", limits.concurrency
      from endpoints e
      left join log_settings l on l.endpoint_id = e.id
      left join endpoint_limits limits on limits.endpoint_id = e.id
      left join model_versions v on v.endpoint_id = e.id and v.state = 'ready' and ${chosen}
      where e.workspace_id = ${workspaceId} and e.name = ${name}
      order by string_to_array(v.version, '.')::int[] desc
      limit 1`
    if (!row) throw unknownEndpoint(name)
    const { endpointId, versionId, version, artifact, schema, example } = row
    const sampleShare = row.sampleShare ?? 1
    if (versionId === null || version === null || artifact === null || schema === null)
      throw wanted === undefined ? noVersion(name, status) : unknownVersion(name, wanted)
    return {
      endpointId,
      versionId,
      version,
      artifact,
      schema,
      example,
      sampleShare,
      limits: resolveLimits(row, defaults),
      read: reader(versionId, schema),
    }
  }

  return {
    /** Rejects with `Refusal` 404 or 409. */
    find: (workspaceId: string, name: string, selector: Selector = {}) =>
      fresh.get(`${workspaceId}/${name}/${selector.version ?? ''}/${selector.status ?? ''}`, () =>
        load(workspaceId, name, selector),
      ),

    /** The versions that can answer, newest first. */
    async names(workspaceId: string, name: string) {
      const rows = await sql<{ version: string }[]>`
        select v.version from endpoints e join model_versions v on v.endpoint_id = e.id
        where e.workspace_id = ${workspaceId} and e.name = ${name} and v.state = 'ready'
        order by string_to_array(v.version, '.')::int[] desc`
      return rows.map(({ version }) => version)
    },

    /** All endpoints of a workspace, those without a production version with null. */
    list: (workspaceId: string) => sql<
      { name: string; version: string | null; schema: RecordSchema | null }[]
    >`
      select e.name, v.version, v.schema
      from endpoints e
      left join model_versions v on v.endpoint_id = e.id and v.status = 'production' and v.state = 'ready'
      where e.workspace_id = ${workspaceId} and e.deleted_at is null
      order by e.name`,
  }
}
export type Versions = ReturnType<typeof createVersions>
