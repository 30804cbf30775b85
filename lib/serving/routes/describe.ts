import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson } from '../answer'
import type { AnyForm } from '../forms/form'
import type { PredictContext } from '../predict'
import { newRequestId } from '../request-id'
import { respond } from '../respond'
import type { Selector, Serving } from '../versions'

type Known = { serving: Serving; versions: string[] }

/** Answers what a protocol says of a model, once the door has let the caller see it. */
export const describe = (
  context: PredictContext,
  { name, selector, form }: { name: string; selector: Selector; form: AnyForm },
  request: IncomingMessage,
  response: ServerResponse,
  make: (known: Known) => unknown,
) =>
  respond(
    context,
    response,
    async () => {
      const { callers, versions } = context
      const { workspaceId } = await callers(request, 'endpoint.read')
      const serving = await versions.find(workspaceId, name, selector)
      return { body: JSON.stringify(make({ serving, versions: await versions.names(workspaceId, name) })) }
    },
    form,
  )

/** What a protocol says of the server itself: to everybody, since health checks have no key. */
export const sendText = (response: ServerResponse, body: unknown) =>
  sendJson(response, newRequestId(), 200, typeof body === 'string' ? body : JSON.stringify(body))
