import { and, desc, eq, isNotNull, lt, sql } from 'drizzle-orm'
import { modelVersions, predictions } from '../../../drizzle/schema'
import { driftChecks, versionReferences } from '../../../drizzle/schema/drift'
import type { Database } from '../../db'
import { createRecordReader } from '../../protocol/records'
import { sideOf } from '../../protocol/reference'
import { compareWith, minDriftRecords } from './compare'

/** The newest requests that are looked at, and their records. */
const newestRequests = 1000
const newestRecords = 2000
/** Older requests say nothing of now. */
const windowMs = 24 * 3_600_000
const keptDays = 30

/**
 * Compares what came with what versions were trained on, for each that was asked since its last comparison. Resolves to
 * how many were compared.
 */
export async function checkDrift(db: Database, now = new Date()): Promise<number> {
  const versions = await db.execute<{ id: string }>(sql`
    select v.id from model_versions v
    join version_references r on r.version_id = v.id
    where exists (
      select 1 from prediction_rollups p
      where p.endpoint_id = v.endpoint_id and p.resolution = 'hour' and p.version_id = v.id
        and p.start > ${new Date(now.getTime() - windowMs).toISOString()}::timestamptz
    )`)
  let compared = 0
  for (const { id } of versions) if (await checkVersion(db, id, now)) compared++
  await db.delete(driftChecks).where(lt(driftChecks.at, new Date(now.getTime() - keptDays * 86_400_000)))
  return compared
}

async function checkVersion(db: Database, versionId: string, now: Date): Promise<boolean> {
  const [version] = await db
    .select({
      endpointId: modelVersions.endpointId,
      version: modelVersions.version,
      schema: modelVersions.schema,
    })
    .from(modelVersions)
    .where(eq(modelVersions.id, versionId))
  if (!version) return false
  const { endpointId, schema } = version
  const rows = await newest(db, endpointId, versionId, new Date(now.getTime() - windowMs))
  const [latest] = rows
  if (!latest || (await lastChecked(db, versionId))?.getTime() === latest.createdAt.getTime()) return false
  const read = createRecordReader(schema.input)
  const records: unknown[] = []
  const answers: unknown[] = []
  let from = latest.createdAt
  for (const { input, output, createdAt } of rows) {
    const parsed = read(input)
    if (!('records' in parsed) || !Array.isArray(output)) continue
    if (records.length > 0 && records.length + parsed.records.length > newestRecords) break
    records.push(...parsed.records)
    answers.push(...output)
    from = createdAt
  }
  if (records.length < minDriftRecords) return false
  const [stored] = await db
    .select({ reference: versionReferences.reference })
    .from(versionReferences)
    .where(eq(versionReferences.versionId, versionId))
  if (!stored) return false
  const current = { input: sideOf(schema.input, records), output: sideOf(schema.output, answers) }
  const fields = compareWith(stored.reference, current)
  await db.insert(driftChecks).values({
    endpointId,
    versionId,
    version: version.version,
    records: records.length,
    from,
    to: latest.createdAt,
    drifted: fields.some(({ drifted }) => drifted),
    fields,
    at: now,
  })
  return true
}

/** The newest answered requests of a version whose inputs and outputs were kept. */
const newest = (db: Database, endpointId: string, versionId: string, since: Date) =>
  db
    .select({ input: predictions.input, output: predictions.output, createdAt: predictions.createdAt })
    .from(predictions)
    .where(
      and(
        eq(predictions.endpointId, endpointId),
        eq(predictions.versionId, versionId),
        sql`${predictions.createdAt} > ${since.toISOString()}::timestamptz`,
        isNotNull(predictions.input),
        isNotNull(predictions.output),
      ),
    )
    .orderBy(desc(predictions.createdAt))
    .limit(newestRequests)

/** When the newest request came that its last comparison saw. */
async function lastChecked(db: Database, versionId: string) {
  const [row] = await db
    .select({ to: driftChecks.to })
    .from(driftChecks)
    .where(eq(driftChecks.versionId, versionId))
    .orderBy(desc(driftChecks.at))
    .limit(1)
  return row?.to
}
