import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PredictContext } from './predict'
import { respond } from './respond'

/** `GET /api/v1/endpoints`: what this key can call. */
export const listEndpoints = (context: PredictContext, request: IncomingMessage, response: ServerResponse) =>
  respond(context, response, async (requestId) => {
    const { workspaceId } = await context.callers(request, 'endpoint.list')
    const endpoints = await context.versions.list(workspaceId)
    return { body: JSON.stringify({ request_id: requestId, endpoints }) }
  })

/** `GET /api/v1/<endpoint>`: what it expects, and an example. */
export const describeEndpoint = (
  context: PredictContext,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
) =>
  respond(context, response, async (requestId) => {
    const { workspaceId } = await context.callers(request, 'endpoint.read')
    const { version, schema, example } = await context.versions.find(workspaceId, name)
    return { body: JSON.stringify({ request_id: requestId, name, version, schema, example }) }
  })
