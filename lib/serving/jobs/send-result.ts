import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ResultFormat, resultFormats } from '../../protocol/prediction-jobs'
import type { RecordSchema } from '../../protocol/schema'
import { sendError } from '../answer'
import type { PredictContext } from '../predict'
import { Refusal } from '../refusal'
import { newRequestId } from '../request-id'
import { inputFile, resultFile } from './batch-folder'
import { findJob, type JobPlace } from './find'
import type { Job } from './job'
import { resultColumns } from './results/columns'
import { resultParquet } from './results/parquet'
import { resultRows } from './results/result-rows'
import { resultCsv, resultNdjson } from './results/text'

const types: Record<ResultFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
}

/** `GET /api/v1/<endpoint>/jobs/<id>/result?format=&input=`: a batch's result, in the order of its input. Never rejects. */
export async function sendResult(
  { sql, callers, batchFolder, warn }: PredictContext,
  { endpoint, id }: Omit<JobPlace, 'workspaceId'>,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const requestId = newRequestId()
  try {
    const { workspaceId } = await callers(request, 'endpoint.predict')
    const format = formatOf(query)
    const withInput = query.get('input') === 'true'
    const job = await findJob(sql, { workspaceId, endpoint, id })
    checkDone(job)
    response.writeHead(200, {
      'content-type': types[format],
      'content-disposition': `attachment; filename="${fileName(job, format)}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
    })
    if (request.method === 'HEAD') return void response.end()
    await pipeline(await streamOf(), response)

    async function streamOf(): Promise<Readable> {
      const file = resultFile(batchFolder, job.id)
      if (format === 'ndjson' && !withInput) return createReadStream(file, { end: job.resultBytes - 1 })
      const [version] = await sql<{ schema: RecordSchema }[]>`
        select schema from model_versions where id = ${job.versionId}`
      const schema = version?.schema ?? { input: { type: 'any' }, output: { type: 'any' } }
      const batch = { file: inputFile(batchFolder, job.id), format: job.format!, input: schema.input }
      const rows = resultRows(file, job.resultBytes, withInput ? batch : undefined)
      const columns = resultColumns(schema, withInput)
      return Readable.from(
        format === 'csv'
          ? resultCsv(columns, rows)
          : format === 'parquet'
            ? resultParquet(columns, rows)
            : resultNdjson(rows),
        { objectMode: false, highWaterMark: 256 * 1024 },
      )
    }
  } catch (error) {
    if (response.headersSent) {
      // A file that ends too soon must not look whole.
      response.destroy()
      if (!request.destroyed) warn(`request ${requestId} broke off`, error)
    } else if (sendError(response, requestId, error) !== error) warn(`request ${requestId} failed`, error)
  }
}

function checkDone({ kind, state }: Job) {
  if (kind !== 'batch')
    throw new Refusal(409, 'no_file', 'this job is one request; its predictions come with the job itself')
  if (state !== 'done')
    throw new Refusal(409, 'not_done', `the job has no result to download; it is ${state}`)
}

function formatOf(query: URLSearchParams): ResultFormat {
  const asked = query.get('format') ?? 'ndjson'
  const format = resultFormats.find((each) => each === asked)
  if (format) return format
  throw new Refusal(
    400,
    'bad_format',
    `format: expected ${resultFormats.join(', ')}, got ${asked.slice(0, 100)}`,
  )
}

/** `customers.csv` → `customers-predictions.parquet`. */
function fileName({ id, name }: Job, format: ResultFormat) {
  const base = (name ?? id).replace(/\.[^.]*$/, '').replace(/[^\w.-]+/g, '-')
  return `${base || id}-predictions.${format}`
}
