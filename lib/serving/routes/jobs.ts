import type { IncomingMessage, ServerResponse } from 'node:http'
import { apiForm } from '../forms/api'
import { standing } from '../jobs/answers'
import { cancelJob } from '../jobs/end'
import { findJob, listJobs } from '../jobs/find'
import { summaryOf } from '../jobs/job'
import { receiveBatch } from '../jobs/receive-batch'
import { sendResult } from '../jobs/send-result'
import type { PredictContext } from '../predict'
import { Refusal } from '../refusal'
import { respond } from '../respond'
import { methodOf, noPath, notAllowed, refuse, selectorOf } from './route'

/** `/api/v1/<endpoint>/jobs`, and of one job: itself, `result`, `cancel`. `path`: after `jobs`. */
export function answerJobs(
  context: PredictContext,
  endpoint: string,
  { path, query }: { path: string[]; query: URLSearchParams },
  request: IncomingMessage,
  response: ServerResponse,
) {
  const [id, verb, ...more] = path
  const method = methodOf(request)
  const { sql, callers } = context
  if (id === undefined) {
    if (method === 'POST') {
      try {
        const asked = { endpoint, selector: selectorOf(query) }
        return void receiveBatch(context, asked, query, request, response)
      } catch (error) {
        return refuse(response, error as Refusal, apiForm)
      }
    }
    if (method !== 'GET') return refuse(response, notAllowed('GET, POST', request.method), apiForm)
    return void respond(context, response, async (requestId) => {
      const { workspaceId } = await callers(request, 'endpoint.read')
      const page = { limit: limitOf(query), before: query.get('before') ?? undefined }
      const jobs = await listJobs(sql, { workspaceId, endpoint }, page)
      return { body: JSON.stringify({ request_id: requestId, jobs: jobs.map(summaryOf) }) }
    })
  }
  if (verb === undefined && method === 'GET')
    return void respond(context, response, async (requestId) => {
      const { workspaceId } = await callers(request, 'endpoint.predict')
      return standing(requestId, await findJob(sql, { workspaceId, endpoint, id }))
    })
  if (verb === 'result' && method === 'GET' && more.length === 0)
    return void sendResult(context, { endpoint, id }, query, request, response)
  const cancels = verb === undefined ? method === 'DELETE' : verb === 'cancel' && method === 'POST'
  if (cancels && more.length === 0)
    return void respond(context, response, async (requestId) => {
      const { workspaceId } = await callers(request, 'endpoint.predict')
      return standing(requestId, await cancelJob(sql, { workspaceId, endpoint, id }))
    })
  if (verb === undefined) return refuse(response, notAllowed('GET, DELETE', request.method), apiForm)
  if (verb === 'cancel' && more.length === 0)
    return refuse(response, notAllowed('POST', request.method), apiForm)
  refuse(response, noPath(`/api/v1/${endpoint}/jobs/${path.join('/')}`), apiForm)
}

function limitOf(query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 50)
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit
  throw new Refusal(400, 'bad_limit', `limit: expected a number from 1 to 200, got ${query.get('limit')}`)
}
