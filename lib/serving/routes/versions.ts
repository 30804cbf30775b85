import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { type VersionStatus, versionStatuses } from '../../protocol/version-status'
import { sendError, sendJson } from '../answer'
import { checkEncoding, readBody } from '../body'
import { decompress } from '../decompress'
import { apiForm } from '../forms/api'
import { parseJson } from '../json'
import type { PredictContext } from '../predict'
import { Refusal } from '../refusal'
import { newRequestId } from '../request-id'
import { respond } from '../respond'
import { badStatus, methodOf, noPath, notAllowed, refuse } from './route'

/** What an uploaded version can be at once: an A/B test gives its status itself. */
const uploadStatuses = versionStatuses.filter((status) => status !== 'ab_testing')

const statusChange = z.object({
  status: z.enum(versionStatuses),
  reason: z.string().trim().max(500).optional(),
})

/** `/api/v1/endpoints/<name>/versions`, and of a version: `status`, `export?format=`. `path`: after `endpoints`. */
export function answerVersions(
  context: PredictContext,
  { path, query }: { path: string[]; query: URLSearchParams },
  request: IncomingMessage,
  response: ServerResponse,
) {
  const [endpoint, versions, version, verb, ...more] = path
  const method = methodOf(request)
  const { callers, versionsApi: api } = context
  const known = endpoint && versions === 'versions' && more.length === 0 && api
  if (!known || (version !== undefined && verb !== 'status' && verb !== 'export'))
    return refuse(response, noPath(`/api/v1/endpoints/${path.join('/')}`), apiForm)
  if (version === undefined) {
    if (method === 'POST')
      return void respond(context, response, async (requestId) => {
        const { workspaceId, author } = await callers(request, 'endpoint.manage')
        const status = statusOf(query)
        const made = await api.upload({ workspaceId, author, endpoint, status }, request)
        return { status: 201, body: JSON.stringify({ request_id: requestId, endpoint, ...made, status }) }
      })
    if (method !== 'GET') return refuse(response, notAllowed('GET, POST', request.method), apiForm)
    return void respond(context, response, async (requestId) => {
      const { workspaceId } = await callers(request, 'endpoint.read')
      return {
        body: JSON.stringify({ request_id: requestId, versions: await api.list({ workspaceId, endpoint }) }),
      }
    })
  }
  if (verb === 'status') {
    if (method !== 'PUT') return refuse(response, notAllowed('PUT', request.method), apiForm)
    // Read at once: what comes while the caller is looked up must not be missed.
    const body = readBody(request, context.bodyMs)
    body.catch(() => {})
    return void respond(context, response, async (requestId) => {
      const { workspaceId, author } = await callers(request, 'endpoint.manage')
      checkEncoding(request)
      const sent = await body
      if (!sent) return
      const change = parseChange(parseJson(await decompress(sent, request.headers)))
      await api.setStatus({ workspaceId, author, endpoint, version, ...change })
      return { body: JSON.stringify({ request_id: requestId, endpoint, version, status: change.status }) }
    })
  }
  if (method !== 'GET') return refuse(response, notAllowed('GET', request.method), apiForm)
  void sendExport(context, { endpoint, version, format: query.get('format') }, request, response)
}

async function sendExport(
  { callers, versionsApi, warn }: PredictContext,
  asked: { endpoint: string; version: string; format: string | null },
  request: IncomingMessage,
  response: ServerResponse,
) {
  const requestId = newRequestId()
  try {
    const { workspaceId } = await callers(request, 'endpoint.read')
    const { name, type, data } = await versionsApi!.exported({ workspaceId, ...asked })
    sendJson(response, requestId, 200, typeof data === 'string' ? data : Buffer.from(data), {
      'content-type': type,
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/g, '-')}"`,
    })
  } catch (error) {
    if (sendError(response, requestId, error, apiForm.refuse) !== error)
      warn(`request ${requestId} failed`, error)
  }
}

function statusOf(query: URLSearchParams): VersionStatus {
  const status = query.get('status') ?? 'testing'
  const found = uploadStatuses.find((each) => each === status)
  if (!found) throw badStatus(status)
  return found
}

function parseChange(value: unknown) {
  const { success, data, error } = statusChange.safeParse(value)
  if (success) return data
  const [issue] = error.issues
  const field = issue?.path.join('.') ?? ''
  throw new Refusal(400, 'bad_request', `${field || 'the body'}: ${issue?.message}`, field || undefined)
}
