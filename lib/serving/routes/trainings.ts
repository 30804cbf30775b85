import type { IncomingMessage, ServerResponse } from 'node:http'
import { cancelTraining } from '../../training/end'
import { findTraining, listTrainings } from '../../training/find'
import { startTraining } from '../../training/start'
import { type TrainingWishes, trainingWishes } from '../../training/wishes'
import { checkEncoding, readBody } from '../body'
import { decompress } from '../decompress'
import { apiForm } from '../forms/api'
import type { PredictContext } from '../predict'
import { Refusal } from '../refusal'
import { respond } from '../respond'
import { methodOf, noPath, notAllowed, refuse } from './route'

/** `/api/v1/trainings`, and of one training: itself, `cancel`. `path`: after `trainings`. */
export function answerTrainings(
  context: PredictContext,
  { path, query }: { path: string[]; query: URLSearchParams },
  request: IncomingMessage,
  response: ServerResponse,
) {
  const [id, verb, ...more] = path
  const method = methodOf(request)
  const { sql, callers } = context
  const tell = (requestId: string, training: unknown) => JSON.stringify({ request_id: requestId, training })
  if (id === undefined) {
    if (method === 'POST') return void start(context, request, response)
    if (method !== 'GET') return refuse(response, notAllowed('GET, POST', request.method), apiForm)
    return void respond(context, response, async (requestId) => {
      const caller = await callers(request, 'training.list')
      const asked = { dataset: query.get('dataset') ?? undefined, limit: limitOf(query) }
      return {
        body: JSON.stringify({ request_id: requestId, trainings: await listTrainings(sql, caller, asked) }),
      }
    })
  }
  if (verb === undefined && method === 'GET')
    return void respond(context, response, async (requestId) => {
      const { workspaceId } = await callers(request, 'training.read')
      return { body: tell(requestId, await findTraining(sql, { workspaceId, id })) }
    })
  const cancels = verb === undefined ? method === 'DELETE' : verb === 'cancel' && method === 'POST'
  if (cancels && more.length === 0)
    return void respond(context, response, async (requestId) => {
      const { workspaceId } = await callers(request, 'training.cancel')
      return { body: tell(requestId, await cancelTraining(sql, { workspaceId, id })) }
    })
  if (verb === undefined) return refuse(response, notAllowed('GET, DELETE', request.method), apiForm)
  if (verb === 'cancel' && more.length === 0)
    return refuse(response, notAllowed('POST', request.method), apiForm)
  refuse(response, noPath(`/api/v1/trainings/${path.join('/')}`), apiForm)
}

/** Answers 202 as soon as the training is committed. */
function start(context: PredictContext, request: IncomingMessage, response: ServerResponse) {
  // Read at once: what comes while the caller is looked up must not be missed.
  const body = readBody(request, context.bodyMs)
  body.catch(() => {})
  return respond(context, response, async (requestId) => {
    const caller = await context.callers(request, 'training.start')
    checkEncoding(request)
    const sent = await body
    if (!sent) return
    const wishes = wishesOf(await decompress(sent, request.headers))
    const key = request.headers['idempotency-key']
    const training = await startTraining(
      context.sql,
      caller,
      wishes,
      typeof key === 'string' ? key.slice(0, 255) : null,
    )
    return {
      status: 202,
      headers: { location: `/api/v1/trainings/${training.id}` },
      body: JSON.stringify({ request_id: requestId, training }),
    }
  })
}

function wishesOf(bytes: Buffer): TrainingWishes {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new Refusal(400, 'bad_json', `the body is not JSON: ${(error as Error).message}`)
  }
  const { success, data, error } = trainingWishes.safeParse(value)
  if (success) return data
  const [issue] = error.issues
  const field = issue?.path.join('.') || undefined
  throw new Refusal(400, 'bad_request', `${field ? `${field}: ` : ''}${issue?.message ?? 'not valid'}`, field)
}

function limitOf(query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 50)
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit
  throw new Refusal(400, 'bad_limit', `limit: expected a number from 1 to 200, got ${query.get('limit')}`)
}
