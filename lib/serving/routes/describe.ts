import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendError, sendJson } from '../answer'
import type { AnyForm } from '../forms/form'
import type { PredictContext } from '../predict'
import { newRequestId } from '../request-id'
import type { Selector, Serving } from '../versions'

type Known = { serving: Serving; versions: string[] }

/** Answers what a protocol says of a model, once the door has let the caller see it. */
export async function describe(
  { callers, versions, warn }: PredictContext,
  { name, selector, form }: { name: string; selector: Selector; form: AnyForm },
  request: IncomingMessage,
  response: ServerResponse,
  make: (known: Known) => unknown,
) {
  const requestId = newRequestId()
  try {
    const { workspaceId } = await callers(request, 'endpoint.read')
    const serving = await versions.find(workspaceId, name, selector)
    const known = { serving, versions: await versions.names(workspaceId, name) }
    sendJson(response, requestId, 200, JSON.stringify(make(known)))
  } catch (error) {
    if (sendError(response, requestId, error, form.refuse) !== error)
      warn(`request ${requestId} failed`, error)
  }
}

/** What a protocol says of the server itself: to everybody, since health checks have no key. */
export const sendText = (response: ServerResponse, body: unknown) =>
  sendJson(response, newRequestId(), 200, typeof body === 'string' ? body : JSON.stringify(body))
