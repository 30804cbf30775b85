import { LRUCache } from 'lru-cache'
import type { Sql } from 'postgres'
import { createRecordReader, type ParsedRecords } from '../protocol/records'
import type { RecordSchema } from '../protocol/schema'
import { createFresh } from './fresh'
import { noProduction, unknownEndpoint } from './refusal'

/** The version that answers for an endpoint now. */
export type Serving = {
  endpointId: string
  versionId: string
  version: string
  artifact: string
  schema: RecordSchema
  example: { record: unknown; prediction: unknown } | null
  /** Reads a request's body by the schema's input. */
  read: Reader
}
type Reader = (body: unknown) => ParsedRecords
type Row = { endpointId: string } & { [K in keyof Omit<Serving, 'endpointId' | 'read'>]: Serving[K] | null }

/** A changed production version answers within this time, milliseconds. */
const maxAgeMs = 1000

/** The production versions of endpoints, from the database and at most a second old. */
export function createVersions(sql: Sql) {
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

  async function load(workspaceId: string, name: string): Promise<Serving> {
    const [row] = await sql<Row[]>`
      select e.id as "endpointId", v.id as "versionId", v.version, v.artifact, v.schema, v.example
      from endpoints e
      left join model_versions v on v.endpoint_id = e.id and v.status = 'production' and v.state = 'ready'
      where e.workspace_id = ${workspaceId} and e.name = ${name}`
    if (!row) throw unknownEndpoint(name)
    const { endpointId, versionId, version, artifact, schema, example } = row
    if (versionId === null || version === null || artifact === null || schema === null)
      throw noProduction(name)
    return { endpointId, versionId, version, artifact, schema, example, read: reader(versionId, schema) }
  }

  return {
    /** Rejects with `Refusal` 404 or 409. */
    production: (workspaceId: string, name: string) =>
      fresh.get(`${workspaceId}/${name}`, () => load(workspaceId, name)),

    /** All endpoints of a workspace, those without a production version with null. */
    list: (workspaceId: string) => sql<
      { name: string; version: string | null; schema: RecordSchema | null }[]
    >`
      select e.name, v.version, v.schema
      from endpoints e
      left join model_versions v on v.endpoint_id = e.id and v.status = 'production' and v.state = 'ready'
      where e.workspace_id = ${workspaceId}
      order by e.name`,
  }
}
export type Versions = ReturnType<typeof createVersions>
