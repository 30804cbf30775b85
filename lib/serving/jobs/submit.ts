import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../body'
import { decompress } from '../decompress'
import type { Asked, PredictContext } from '../predict'
import { Refusal } from '../refusal'
import { respond } from '../respond'
import { accepted } from './answers'
import { termsOf } from './async-request'
import { createJob } from './create'

/** A prediction whose caller does not wait: checked at once, answered with 202 when the job is committed. */
export function submitRequest(
  context: PredictContext,
  { endpoint, selector, form }: Asked,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
) {
  // Read at once: what comes while the caller is looked up must not be missed.
  const body = readBody(request, context.bodyMs)
  body.catch(() => {})
  return respond(context, response, async (requestId) => {
    const caller = await context.callers(request, 'endpoint.predict')
    const { workspaceId } = caller
    const { headers } = request
    const { serving, abTestId } = await context.splits.choose(
      workspaceId,
      endpoint,
      selector,
      headers,
      requestId,
    )
    form.check(request)
    const sent = await body
    if (!sent) return
    const bytes = await decompress(sent, request.headers)
    const parsed = serving.read(form.read(bytes, headers, serving).body)
    if ('problem' in parsed)
      throw new Refusal(400, 'bad_record', parsed.problem.message, parsed.problem.field)
    const hash = createHash('sha256').update(bytes).digest('hex')
    const answer = await createJob(context.sql, {
      id: requestId,
      kind: 'request',
      caller,
      serving,
      abTestId,
      ...termsOf(request, query, hash, selector),
      bytes: bytes.length,
      rowsTotal: parsed.records.length,
      input: JSON.stringify(parsed.records),
    })
    return accepted(requestId, endpoint, answer)
  })
}
