import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { type DownloadFormat, downloadFormats } from '../../protocol/dataset'
import { sendError } from '../answer'
import { apiForm } from '../forms/api'
import type { PredictContext } from '../predict'
import { Refusal } from '../refusal'
import { newRequestId } from '../request-id'
import { respond } from '../respond'
import { sendFile } from '../send-file'
import { methodOf, noPath, notAllowed, type Parts, refuse } from './route'

/**
 * `/api/v1/datasets`, of a data set: itself, `download?format=&version=`, `versions`, and of a version: itself, `download`,
 * `files/<sha256>`. `path`: after `datasets`.
 */
export function answerDatasets(
  context: PredictContext,
  { path, query }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { callers, datasetsApi: api } = context
  const [dataset, versions, number, ...more] = path
  const method = methodOf(request)
  const unknown = () => refuse(response, noPath(`/api/v1/datasets/${path.join('/')}`), apiForm)
  if (!api) return unknown()
  const tell = (make: (workspaceId: string) => Promise<object>) =>
    method === 'GET'
      ? void respond(context, response, async (requestId) => {
          const { workspaceId } = await callers(
            request,
            dataset === undefined ? 'dataset.list' : 'dataset.read',
          )
          return { body: JSON.stringify({ request_id: requestId, ...(await make(workspaceId)) }) }
        })
      : refuse(response, notAllowed('GET', request.method), apiForm)
  const send = (find: (workspaceId: string) => Promise<Parameters<typeof sendFile>[2]>) =>
    method === 'GET'
      ? void answerFile(context, request, response, find)
      : refuse(response, notAllowed('GET', request.method), apiForm)

  if (dataset === undefined)
    return tell(async (workspaceId) => ({ datasets: await api.list({ workspaceId }) }))
  if (versions === undefined)
    return tell(async (workspaceId) => ({
      ...(await api.version({ workspaceId, dataset, version: numberOf(query.get('version')) })),
    }))
  const [what = number, sha256] = number === undefined ? [undefined] : more
  if (versions === 'download' && number === undefined)
    return send((workspaceId) => downloaded(workspaceId, numberOf(query.get('version'))))
  if (versions !== 'versions') return unknown()
  if (number === undefined) {
    if (method === 'POST') return void push(context, dataset, query, request, response)
    if (method !== 'GET') return refuse(response, notAllowed('GET, POST', request.method), apiForm)
    return tell(async (workspaceId) => ({ versions: await api.versions({ workspaceId, dataset }) }))
  }
  if (more.length === 0)
    return tell((workspaceId) => api.version({ workspaceId, dataset, version: numberOf(number) }))
  if (what === 'download' && more.length === 1)
    return send((workspaceId) => downloaded(workspaceId, numberOf(number)))
  if (what === 'files' && sha256 !== undefined && more.length === 2)
    return send(async (workspaceId) => ({
      file: await api.file({ workspaceId, dataset, version: numberOf(number)!, sha256 }),
      type: 'application/vnd.apache.parquet',
      tag: sha256,
    }))
  unknown()

  async function downloaded(workspaceId: string, version: number | undefined) {
    const format = formatOf(query)
    const { name, ...file } = await api!.download({ workspaceId, dataset: dataset!, version, format })
    return { ...file, headers: { 'content-disposition': `attachment; filename="${name}"` } }
  }
}

/** `/api/v1/uploads`, by the tus protocol: files that become versions with `?upload=`. `path`: after `uploads`. */
export function answerUploads(
  context: PredictContext,
  { path }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const [id, ...more] = path
  const { callers, datasetsApi: api } = context
  if (!api || more.length > 0) return refuse(response, noPath(`/api/v1/uploads/${path.join('/')}`), apiForm)
  const allowed = id === undefined ? ['POST'] : ['HEAD', 'PATCH', 'DELETE']
  if (!allowed.includes(request.method!))
    return refuse(response, notAllowed(allowed.join(', '), request.method), apiForm)
  return void respond(context, response, async () => {
    const { workspaceId, author } = await callers(request, 'dataset.create')
    await api.upload({ workspaceId, author, id }, request, response)
    return undefined
  })
}

const pushed = z.object({
  message: z.string().trim().max(2000).default(''),
  parent: z.coerce.number().int().min(0).optional(),
  upload: z.uuid().optional(),
})

function push(
  context: PredictContext,
  dataset: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
) {
  return respond(context, response, async (requestId) => {
    const { workspaceId, author } = await context.callers(request, 'dataset.create')
    const { success, data, error } = pushed.safeParse(Object.fromEntries(query))
    if (!success) {
      const [issue] = error.issues
      throw new Refusal(400, 'bad_request', `${issue?.path.join('.')}: ${issue?.message}`)
    }
    const file = `${dataset}${endings[typeOf(request)] ?? ''}`
    const version = await context.datasetsApi!.push({ ...data, workspaceId, author, dataset, file }, request)
    return {
      status: 201,
      headers: { location: `/api/v1/datasets/${dataset}/versions/${version.version}` },
      body: JSON.stringify({ request_id: requestId, ...version }),
    }
  })
}

/** What a body is, where its first bytes do not tell. */
const endings: Record<string, string> = {
  'text/csv': '.csv',
  'text/tab-separated-values': '.tsv',
  'application/json': '.json',
  'application/x-ndjson': '.ndjson',
}

const typeOf = ({ headers }: IncomingMessage) =>
  headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''

async function answerFile(
  { callers, warn }: PredictContext,
  request: IncomingMessage,
  response: ServerResponse,
  find: (workspaceId: string) => Promise<Parameters<typeof sendFile>[2]>,
) {
  const requestId = newRequestId()
  try {
    const { workspaceId } = await callers(request, 'dataset.read')
    const found = await find(workspaceId)
    await sendFile(request, response, { ...found, headers: { ...found.headers, 'x-request-id': requestId } })
  } catch (error) {
    if (sendError(response, requestId, error, apiForm.refuse) !== error)
      warn(`request ${requestId} failed`, error)
  }
}

function numberOf(text: string | null): number | undefined {
  if (text === null) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new Refusal(400, 'bad_version', `expected the number of a version, got ${text.slice(0, 100)}`)
}

function formatOf(query: URLSearchParams): DownloadFormat {
  const asked = query.get('format') ?? 'parquet'
  const format = downloadFormats.find((each) => each === asked)
  if (format) return format
  throw new Refusal(
    400,
    'bad_format',
    `format: expected ${downloadFormats.join(', ')}, got ${asked.slice(0, 100)}`,
  )
}
