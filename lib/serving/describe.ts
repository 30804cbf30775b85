import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendError, sendJson } from './answer'
import type { createCallers } from './callers'
import { newRequestId } from './request-id'
import type { Versions } from './versions'

type DescribeContext = {
  callers: ReturnType<typeof createCallers>
  versions: Versions
  warn: (message: string, error?: unknown) => void
}

/** `GET /api/v1/endpoints`: what this key can call. */
export const listEndpoints = (context: DescribeContext, request: IncomingMessage, response: ServerResponse) =>
  answer(context, response, async () => {
    const { workspaceId } = await context.callers(request, 'endpoint.list')
    return { endpoints: await context.versions.list(workspaceId) }
  })

/** `GET /api/v1/<endpoint>`: what it expects, and an example. */
export const describeEndpoint = (
  context: DescribeContext,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
) =>
  answer(context, response, async () => {
    const { workspaceId } = await context.callers(request, 'endpoint.read')
    const { version, schema, example } = await context.versions.find(workspaceId, name)
    return { name, version, schema, example }
  })

async function answer(
  { warn }: DescribeContext,
  response: ServerResponse,
  make: () => Promise<Record<string, unknown>>,
) {
  const requestId = newRequestId()
  try {
    const text = JSON.stringify({ request_id: requestId, ...(await make()) })
    sendJson(response, requestId, 200, text)
  } catch (error) {
    if (sendError(response, requestId, error) !== error) warn(`request ${requestId} failed`, error)
  }
}
