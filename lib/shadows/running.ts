import type { Sql } from 'postgres'
import { createRecordReader, type ParsedRecords } from '../protocol/records'
import type { RecordSchema } from '../protocol/schema'

/** A version that gets copies now. */
export type RunningShadow = {
  id: string
  endpointId: string
  versionId: string
  artifact: string
  /** Percent of the requests. */
  share: number
  read: (body: unknown) => ParsedRecords
}
type Row = Omit<RunningShadow, 'read'> & { schema: RecordSchema }

/** A started or ended shadow counts within this time, milliseconds. */
const maxAgeMs = 1000
const none: readonly RunningShadow[] = []

/** All shadows of the installation by endpoint, read behind the callers' backs: asking costs a look into a map. */
export function createRunningShadows(sql: Sql, now = () => performance.now()) {
  let byEndpoint = new Map<string, RunningShadow[]>()
  let readAt = Number.NEGATIVE_INFINITY
  let reading = false

  async function read() {
    const rows = await sql<Row[]>`
      select s.id, s.endpoint_id as "endpointId", s.version_id as "versionId", v.artifact, s.share, v.schema
      from shadows s join model_versions v on v.id = s.version_id
      where s.ended_at is null and v.state = 'ready'`
    const known = new Map([...byEndpoint.values()].flat().map((shadow) => [shadow.id, shadow]))
    const next = new Map<string, RunningShadow[]>()
    for (const { schema, ...row } of rows) {
      // Versions never change, and compiling a schema costs more than a request.
      const shadow = { ...row, read: known.get(row.id)?.read ?? createRecordReader(schema.input) }
      next.set(row.endpointId, [...(next.get(row.endpointId) ?? []), shadow])
    }
    byEndpoint = next
  }

  return {
    of(endpointId: string): readonly RunningShadow[] {
      const at = now()
      if (at - readAt > maxAgeMs && !reading) {
        reading = true
        readAt = at
        // What cannot be read now stays as it was; shadows are nobody's answer.
        read()
          .catch(() => {})
          .finally(() => {
            reading = false
          })
      }
      return byEndpoint.get(endpointId) ?? none
    },
  }
}
