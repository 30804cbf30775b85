import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendError, sendJson } from './answer'
import { checkEncoding, readBody } from './body'
import { parseFeedback } from './feedback'
import { parseJson } from './json'
import type { PredictContext } from './predict'
import { Refusal } from './refusal'
import { newRequestId } from './request-id'

/** `POST /api/v1/<endpoint>/requests/<id>/feedback` `{ truth }`, or in bulk `POST /api/v1/<endpoint>/feedback`. */
export async function receiveFeedback(
  { callers, feedback, warn }: PredictContext,
  endpoint: string,
  about: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const requestId = newRequestId()
  const body = readBody(request)
  body.catch(() => {})
  try {
    const caller = await callers(request, 'endpoint.predict')
    checkEncoding(request)
    const bytes = await body
    if (!bytes) return
    const given = parseFeedback(parseJson(bytes), about)
    const { kept, unknown } = await feedback.keep(caller, endpoint, given)
    if (about !== undefined && kept === 0)
      throw new Refusal(404, 'not_found', `no answered request of ${endpoint} has this id: ${about}`)
    sendJson(response, requestId, 200, JSON.stringify({ request_id: requestId, kept, unknown }))
  } catch (error) {
    if (sendError(response, requestId, error) !== error) warn(`request ${requestId} failed`, error)
  }
}
