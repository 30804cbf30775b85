import { createServer, type Server } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

export type MlflowGateway = {
  /** Where Cellar runs. */
  origin: string
  endpoint: string
  /** An API key: MLflow's client sends none. */
  key: string
}

const passed = new Set(['/invocations', '/ping', '/health', '/version'])

/** An MLflow scoring server at a port's root, as its client expects one, that asks an endpoint of Cellar. */
export const createMlflowGateway = ({ origin, endpoint, key }: MlflowGateway): Server =>
  createServer(async (request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    if (!passed.has(path)) {
      response.writeHead(404, { 'content-type': 'application/json' })
      return response.end(
        JSON.stringify({ error_code: 'BAD_REQUEST', message: `no such path: ${path.slice(0, 200)}` }),
      )
    }
    try {
      const { 'content-type': type, 'content-encoding': encoding } = request.headers
      const body = request.method === 'POST' ? (Readable.toWeb(request) as BodyInit) : undefined
      const answer = await fetch(`${origin}/mlflow/${endpoint}${path}`, {
        method: request.method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(type && { 'content-type': type }),
          ...(encoding && { 'content-encoding': encoding }),
        },
        ...(body && { body, duplex: 'half' }),
      } as RequestInit)
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
      })
      if (answer.body) await pipeline(Readable.fromWeb(answer.body as ReadableStream), response)
      else response.end()
    } catch (error) {
      if (response.headersSent) return response.destroy()
      const message = `cellar cannot be reached at ${origin}: ${(error as Error).message}`
      response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' })
      response.end(JSON.stringify({ error_code: 'TEMPORARILY_UNAVAILABLE', message }))
    }
  })
