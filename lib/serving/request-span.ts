import type { IncomingMessage } from 'node:http'
import type { Span, Tracing } from '../tracing/tracing'

/** The span of a prediction request, below the caller's own where it named one in `traceparent`. */
export function startRequestSpan(tracing: Tracing, request: IncomingMessage, requestId: string): Span {
  const { traceparent, tracestate } = request.headers
  const parent =
    typeof traceparent === 'string'
      ? { traceparent, ...(typeof tracestate === 'string' && { tracestate }) }
      : undefined
  return tracing.start('POST predict', {
    kind: 'server',
    parent,
    attributes: {
      'http.request.method': request.method ?? 'POST',
      'url.path': (request.url ?? '').split('?', 1)[0]!,
      'cellar.request_id': requestId,
    },
  })
}

type Known = { endpoint?: string; serving?: { version: string }; records: number }

/** Ends it with what became of the request. As HTTP's conventions have it, only 500 and above are the server's failures. */
export function endRequestSpan(span: Span, status: number, { endpoint, serving, records }: Known) {
  span.set({
    'http.response.status_code': status,
    'cellar.records': records,
    ...(endpoint && { 'cellar.endpoint': endpoint }),
    ...(serving && { 'cellar.version': serving.version }),
  })
  span.end(status >= 500 ? { failure: `status ${status}` } : {})
}
