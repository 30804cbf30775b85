import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

/** The headers of a request of Node's own server, as the web has them. */
export const webHeaders = ({ headers }: IncomingMessage) =>
  new Headers(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    ),
  )

/** The request itself, for what is written for the web. `origin`: this server's. */
export const webRequest = (request: IncomingMessage, origin: string) => {
  const { method = 'GET', url = '/' } = request
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(new URL(url, origin), {
    method,
    headers: webHeaders(request),
    ...(hasBody && { body: Readable.toWeb(request) as ReadableStream<Uint8Array>, duplex: 'half' }),
  } as RequestInit)
}

/** Answers with what the web's function gave. */
export async function sendWeb(response: ServerResponse, answer: Response, headers: Record<string, string>) {
  const body = Buffer.from(await answer.arrayBuffer())
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...headers }).end(body)
}
