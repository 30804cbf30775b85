import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendError, sendJson } from './answer'
import { clientModule } from './client-type'
import { openApi } from './openapi'
import type { PredictContext } from './predict'
import { newRequestId } from './request-id'

/** `GET /api/v1/<endpoint>/openapi.json` and `…/client.ts`: how to call it, for programs and for those who write them. */
export async function publish(
  { callers, versions, origin, warn }: PredictContext,
  endpoint: string,
  what: 'openapi.json' | 'client.ts',
  request: IncomingMessage,
  response: ServerResponse,
) {
  const requestId = newRequestId()
  try {
    const { workspaceId } = await callers(request, 'endpoint.read')
    const serving = await versions.find(workspaceId, endpoint)
    if (what === 'openapi.json')
      return sendJson(response, requestId, 200, JSON.stringify(openApi(endpoint, origin, serving)))
    sendJson(
      response,
      requestId,
      200,
      clientModule(endpoint, `${origin}/api/v1/${endpoint}/predict`, serving),
      {
        'content-type': 'text/typescript; charset=utf-8',
      },
    )
  } catch (error) {
    if (sendError(response, requestId, error) !== error) warn(`request ${requestId} failed`, error)
  }
}
