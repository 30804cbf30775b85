import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkEncoding, readBody } from './body'
import { decompress } from './decompress'
import { parseFeedback } from './feedback'
import { parseJson } from './json'
import type { PredictContext } from './predict'
import { Refusal } from './refusal'
import { respond } from './respond'

/** `POST /api/v1/<endpoint>/requests/<id>/feedback` `{ truth }`, or in bulk `POST /api/v1/<endpoint>/feedback`. */
export function receiveFeedback(
  context: PredictContext,
  endpoint: string,
  about: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
) {
  // Read at once: what comes while the caller is looked up must not be missed.
  const body = readBody(request, context.bodyMs)
  body.catch(() => {})
  return respond(context, response, async (requestId) => {
    const caller = await context.callers(request, 'endpoint.predict')
    checkEncoding(request)
    const sent = await body
    if (!sent) return
    const bytes = await decompress(sent, request.headers)
    const given = parseFeedback(parseJson(bytes), about)
    const { kept, unknown } = await context.feedback.keep(caller, endpoint, given)
    if (about !== undefined && kept === 0)
      throw new Refusal(404, 'not_found', `no answered request of ${endpoint} has this id: ${about}`)
    return { body: JSON.stringify({ request_id: requestId, kept, unknown }) }
  })
}
