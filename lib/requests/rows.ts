import { desc, eq, sql } from 'drizzle-orm'
import { apiTokens, feedback, modelVersions, predictions } from '../../drizzle/schema'
import type { Database } from '../db'
import { createRecordReader } from '../protocol/records'
import type { FieldSchema } from '../protocol/schema'
import { conditionOf, type RequestFilter } from './filter'
import { beyond, placeOf } from './search'

export type ColumnType = 'string' | 'number' | 'boolean' | 'time'
export type Column = { name: string; type: ColumnType }
/** One record of one request, its values in the order of the columns. */
export type ExportRow = unknown[]

const about: Column[] = [
  { name: 'request_id', type: 'string' },
  { name: 'record', type: 'number' },
  { name: 'at', type: 'time' },
  { name: 'version', type: 'string' },
  { name: 'status', type: 'number' },
  { name: 'key', type: 'string' },
  { name: 'latency_ms', type: 'number' },
  { name: 'batch_wait_ms', type: 'number' },
  { name: 'queue_ms', type: 'number' },
  { name: 'model_ms', type: 'number' },
  { name: 'error', type: 'string' },
  { name: 'truth', type: 'string' },
  { name: 'right', type: 'boolean' },
]

const pageRows = 500

/**
 * Requests that fit as rows, one per record, the newest first: what is known of the request, then the fields of the input
 * and of the output by the schemas of the endpoint's versions.
 */
export async function exportedRequests(db: Database, endpointId: string, filter: RequestFilter) {
  const versions = await db
    .select({ id: modelVersions.id, schema: modelVersions.schema })
    .from(modelVersions)
    .where(eq(modelVersions.endpointId, endpointId))
  const readers = new Map(versions.map(({ id, schema }) => [id, createRecordReader(schema.input)]))
  const inputs = fieldsOf(
    'input',
    versions.map(({ schema }) => schema.input),
  )
  const outputs = fieldsOf(
    'output',
    versions.map(({ schema }) => schema.output),
  )
  /** What cannot be read by its version's schema is one record as it stands. */
  const recordsOf = (versionId: string, input: unknown): unknown[] => {
    const read = readers.get(versionId)?.(input)
    return read && 'records' in read ? read.records : [input]
  }

  async function* rows(): AsyncGenerator<ExportRow[]> {
    for (let after: string | undefined; ; ) {
      const page = await readPage(db, endpointId, filter, after)
      yield page.flatMap((row) => {
        const records = recordsOf(row.versionId, row.input)
        const answers = Array.isArray(row.output) ? row.output : []
        return records.map((record, i) => [
          row.requestId,
          i,
          row.createdAt,
          row.version,
          row.status,
          row.key,
          row.latencyMs,
          row.batchWaitMs,
          row.queueMs,
          row.modelMs,
          row.error,
          textOf(records.length > 1 && Array.isArray(row.truth) ? row.truth[i] : row.truth),
          row.right,
          ...inputs.map((field) => field.of(record)),
          ...outputs.map((field) => field.of(answers[i])),
        ])
      })
      if (page.length < pageRows) return
      after = placeOf(page.at(-1)!)
    }
  }
  return { columns: [...about, ...inputs, ...outputs].map(({ name, type }) => ({ name, type })), rows }
}

const readPage = (db: Database, endpointId: string, filter: RequestFilter, after?: string) =>
  db
    .select({
      requestId: predictions.requestId,
      createdAt: predictions.createdAt,
      versionId: predictions.versionId,
      version: predictions.version,
      status: predictions.status,
      key: apiTokens.name,
      latencyMs: predictions.latencyMs,
      batchWaitMs: predictions.batchWaitMs,
      queueMs: predictions.queueMs,
      modelMs: predictions.modelMs,
      error: predictions.error,
      input: predictions.input,
      output: predictions.output,
      truth: feedback.truth,
      right: feedback.right,
    })
    .from(predictions)
    .leftJoin(apiTokens, eq(apiTokens.id, predictions.tokenId))
    .leftJoin(feedback, eq(feedback.requestId, predictions.requestId))
    .where(sql`${conditionOf(endpointId, filter)}${after === undefined ? sql`` : beyond(after)}`)
    .orderBy(desc(predictions.createdAt), desc(predictions.requestId))
    .limit(pageRows)

type Field = Column & { of(record: unknown): unknown }

/** A column for each field that a schema names; one for the whole where records have no fields. */
function fieldsOf(prefix: string, schemas: FieldSchema[]): Field[] {
  const fields = new Map<string, Field>()
  const put = (name: string, type: ColumnType, pick: (record: unknown) => unknown) => {
    const known = fields.get(name)
    // Versions that do not agree on a type share a column of texts.
    const common = known && known.type !== type ? 'string' : type
    fields.set(name, { name, type: common, of: (record) => fitted(common, pick(record)) })
  }
  for (const schema of schemas)
    if (schema.type === 'object')
      for (const [name, field] of Object.entries(schema.fields))
        put(`${prefix}.${name}`, typeOf(field), (record) => at(record, name))
    else put(prefix, typeOf(schema), (record) => record)
  return [...fields.values()]
}

const typeOf = ({ type }: FieldSchema): ColumnType =>
  type === 'number' || type === 'boolean' ? type : 'string'

const at = (record: unknown, name: string) =>
  typeof record === 'object' && record !== null && Object.hasOwn(record, name)
    ? (record as Record<string, unknown>)[name]
    : null

/** A refused request's fields may hold anything: what a column cannot take is left out. */
function fitted(type: ColumnType, value: unknown): unknown {
  if (type === 'string') return textOf(value)
  const kind: string = typeof value
  return kind === type ? value : null
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)
