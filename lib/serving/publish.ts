import type { IncomingMessage, ServerResponse } from 'node:http'
import { clientModule } from './client-type'
import { openApi } from './openapi'
import { workspaceOpenApi } from './openapi-workspace'
import type { PredictContext } from './predict'
import { respond } from './respond'

/** `GET /api/v1/<endpoint>/openapi.json` and `…/client.ts`: how to call it, for programs and for those who write them. */
export const publish = (
  context: PredictContext,
  endpoint: string,
  what: 'openapi.json' | 'client.ts',
  request: IncomingMessage,
  response: ServerResponse,
) =>
  respond(context, response, async () => {
    const { callers, versions, origin } = context
    const { workspaceId } = await callers(request, 'endpoint.read')
    const serving = await versions.find(workspaceId, endpoint)
    if (what === 'openapi.json') return { body: JSON.stringify(openApi(endpoint, origin, serving)) }
    return {
      body: clientModule(endpoint, `${origin}/api/v1/${endpoint}/predict`, serving),
      headers: { 'content-type': 'text/typescript; charset=utf-8' },
    }
  })

/** `GET /api/v1/openapi.json`: what a workspace has beside its endpoints. */
export const publishWorkspace = (
  context: PredictContext,
  request: IncomingMessage,
  response: ServerResponse,
) =>
  respond(context, response, async () => {
    await context.callers(request, 'endpoint.list')
    return { body: JSON.stringify(workspaceOpenApi(context.origin)) }
  })
