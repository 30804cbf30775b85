import type { Sql } from 'postgres'
import { createRecordReader } from '../protocol/records'
import type { RecordSchema } from '../protocol/schema'

/** Records that a version is run with before it answers anybody. */
const mostRecords = 64
/** Requests that are looked at for them: a log that keeps few inputs must not be read to its end. */
const lookedAt = 200
const maxInputBytes = 10_000

/**
 * What applications sent last to a version's endpoint, as far as its log keeps inputs and the version reads them; else the
 * version's example.
 */
export async function recordedRecords(sql: Sql, versionId: string): Promise<unknown[]> {
  const [version] = await sql<
    { endpointId: string; schema: RecordSchema; example: { record: unknown } | null }[]
  >`
    select endpoint_id as "endpointId", schema, example from model_versions where id = ${versionId}`
  if (!version) return []
  const rows = await sql<{ input: unknown }[]>`
    select input from (
      select input, status from predictions where endpoint_id = ${version.endpointId}
      order by created_at desc limit ${lookedAt}
    ) newest
    where status = 200 and input is not null and length(input::text) <= ${maxInputBytes}
    limit ${mostRecords}`
  const read = createRecordReader(version.schema.input)
  const records = rows.flatMap(({ input }) => {
    const parsed = read(input)
    return 'records' in parsed ? parsed.records : []
  })
  if (records.length > 0) return records.slice(0, mostRecords)
  return version.example ? [version.example.record] : []
}
