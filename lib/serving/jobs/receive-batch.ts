import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type BatchFormat, batchFormats } from '../../protocol/prediction-jobs'
import type { PredictContext } from '../predict'
import { Refusal } from '../refusal'
import { respond } from '../respond'
import type { Selector } from '../versions'
import { accepted } from './answers'
import { termsOf } from './async-request'
import { inputFile, keepInput, removeFiles } from './batch-folder'
import { createJob } from './create'
import { JobFailed } from './job-failed'
import { maxBatchBytes } from './limits'
import { checkFirstRows } from './rows/read-rows'

/**
 * `POST /api/v1/<endpoint>/jobs`: a file of records. It goes to the disk as it comes; what can be said of its first rows is
 * said at once, and it is answered with 202 when file and job would survive a crash.
 */
export function receiveBatch(
  context: PredictContext,
  { endpoint, selector }: { endpoint: string; selector: Selector },
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
) {
  // Read only once the caller is known: a stranger fills no disk.
  request.pause()
  return respond(context, response, async (requestId) => {
    try {
      return await receive(context, { endpoint, selector }, query, request, requestId)
    } catch (error) {
      // The rest of a body that nobody wants: let go for a moment, so that the answer arrives, then hung up on.
      request.resume()
      setTimeout(() => request.destroy(), 1000).unref()
      throw error
    }
  })
}

async function receive(
  { sql, callers, splits, batchFolder }: PredictContext,
  { endpoint, selector }: { endpoint: string; selector: Selector },
  query: URLSearchParams,
  request: IncomingMessage,
  requestId: string,
) {
  const caller = await callers(request, 'endpoint.predict')
  const format = formatOf(request, query)
  checkEncoding(request)
  const { serving, abTestId } = await splits.choose(
    caller.workspaceId,
    endpoint,
    selector,
    request.headers,
    requestId,
  )
  const hash = createHash('sha256')
  let bytes = 0
  // Refused before a byte is read, where that can be known.
  if (Number(request.headers['content-length']) > maxBatchBytes) throw tooLarge()
  const kept = await keepInput(batchFolder, requestId, request, (piece) => {
    bytes += piece.length
    if (bytes > maxBatchBytes) throw tooLarge()
    hash.update(piece)
  }).then(
    () => true,
    (error) => {
      // Nobody is there to be answered.
      if (request.errored || !request.complete) {
        if (error instanceof Refusal) throw error
        return false
      }
      throw error
    },
  )
  if (!kept) return
  try {
    await check({ file: inputFile(batchFolder, requestId), format, input: serving.schema.input })
    const answer = await createJob(sql, {
      id: requestId,
      kind: 'batch',
      caller,
      serving,
      abTestId,
      ...termsOf(request, query, hash.digest('hex'), [selector, format]),
      bytes,
      name: nameOf(query),
      format,
    })
    if (answer.existed) await removeFiles(batchFolder, requestId)
    return accepted(requestId, endpoint, answer)
  } catch (error) {
    await removeFiles(batchFolder, requestId)
    throw error
  }
}

/** The file's name as the caller says it, without what cannot be stored or shown. */
const nameOf = (query: URLSearchParams) =>
  query
    .get('name')
    ?.replace(/[\p{Cc}\ufffd]/gu, '')
    .slice(0, 200) || undefined

const tooLarge = () =>
  new Refusal(413, 'too_large', `the file is too large: at most ${maxBatchBytes} bytes`, undefined, {
    connection: 'close',
  })

async function check(batch: Parameters<typeof checkFirstRows>[0]) {
  try {
    await checkFirstRows(batch)
  } catch (error) {
    if (error instanceof JobFailed) throw new Refusal(400, 'bad_file', error.message)
    throw error
  }
}

const formats: Record<string, BatchFormat> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/json': 'json',
  'application/vnd.apache.parquet': 'parquet',
}

/** By `?format=`, else the content type. Throws `Refusal` 400 or 415. */
function formatOf({ headers }: IncomingMessage, query: URLSearchParams): BatchFormat {
  const asked = query.get('format')
  if (asked !== null) {
    const format = batchFormats.find((each) => each === asked)
    if (format) return format
    throw new Refusal(
      400,
      'bad_format',
      `format: expected ${batchFormats.join(', ')}, got ${asked.slice(0, 100)}`,
    )
  }
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  const format = type === undefined ? undefined : formats[type]
  if (format) return format
  throw new Refusal(
    415,
    'unsupported_type',
    `the content type must be one of ${Object.keys(formats).join(', ')}, or say ?format=; got ${type ?? 'none'}`,
  )
}

function checkEncoding({ headers }: IncomingMessage) {
  const encoding = headers['content-encoding']
  if (!encoding || encoding === 'identity') return
  throw new Refusal(
    415,
    'unsupported_encoding',
    `files are read as they are, without compression, got ${encoding}`,
  )
}
