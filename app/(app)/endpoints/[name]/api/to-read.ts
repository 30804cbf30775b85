type Response = { description: string; content?: unknown }
/** What is read here of an OpenAPI document. */
export type OpenApi = { paths: Record<string, Record<string, { responses: Record<string, Response> }>> }

/**
 * A document as people read it: asked at the address under which they reached the page, which may be another than the
 * document's, and with the body of refusals shown once, since it is the same for all.
 */
export function toRead<Document extends OpenApi>(document: Document, origin: string) {
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => [
          method,
          operation.responses ? { ...operation, responses: shortened(operation.responses) } : operation,
        ]),
      ),
    ]),
  )
  return { ...document, paths, servers: [{ url: `${origin}/api/v1` }] }
}

function shortened(responses: Record<string, Response>): Record<string, Response> {
  const first = Object.keys(responses).find((status) => Number(status) >= 400)
  return Object.fromEntries(
    Object.entries(responses).map(([status, { content, ...rest }]) => {
      const keeps = content !== undefined && (Number(status) < 400 || status === first)
      return [status, keeps ? { ...rest, content } : rest]
    }),
  )
}
