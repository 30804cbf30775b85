import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Sql } from 'postgres'
import type { ServingMetrics, VersionMetrics } from '../metrics/serving'
import type { Copies } from '../shadows/copies'
import type { Span, Tracing } from '../tracing/tracing'
import { sendError, sendJson } from './answer'
import { type AtHand, andThen } from './at-hand'
import { readBody } from './body'
import type { createCallers } from './callers'
import type { DatasetsApi } from './datasets-api'
import { decompress } from './decompress'
import type { Dispatcher, Outcome } from './dispatch'
import type { Feedback } from './feedback'
import type { AnyForm } from './forms/form'
import { kept } from './kept'
import type { PredictionLog } from './log'
import type { Caller } from './options'
import type { Rates } from './rates'
import { Refusal, timedOut } from './refusal'
import { newRequestId } from './request-id'
import { endRequestSpan, startRequestSpan } from './request-span'
import type { Splits } from './splits'
import type { Selector, Serving, Versions } from './versions'
import type { VersionsApi } from './versions-api'

export type PredictContext = {
  sql: Sql
  callers: ReturnType<typeof createCallers>
  rates: Rates
  versions: Versions
  splits: Splits
  dispatcher: Dispatcher
  log: PredictionLog
  /** Versions that get copies of requests. */
  copies?: Pick<Copies, 'send'>
  /** What else applications may do with versions; without it they may not. */
  versionsApi?: VersionsApi
  datasetsApi?: DatasetsApi
  metrics: ServingMetrics
  tracing?: Tracing
  feedback: Feedback
  warn: (message: string, error?: unknown) => void
  /** How long a body may take to come, milliseconds. */
  bodyMs: number
  /** The installation's own address. */
  origin: string
  /** Where batches' files are. */
  batchFolder: string
}

/** What is known of a request so far, for its log row. */
type Known = {
  /** As the caller named it. */
  endpoint?: string
  caller?: Caller
  /** How its key's rate stands. */
  rate?: Record<string, string>
  serving?: Serving
  metrics?: VersionMetrics
  abTestId?: string | null
  input?: string
  /** What it asks about, once its records were found to fit. */
  given?: { body: unknown; bytes: number }
  records: number
  outcome?: Omit<Outcome, 'reply'>
  span?: Span
}

/** What a request asks for, and in which protocol. */
export type Asked = { endpoint: string; selector: Selector; form: AnyForm }

/** A prediction, in any protocol. Never rejects: every request gets an answer, or has gone. */
export async function predict(
  context: PredictContext,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const began = performance.now()
  const requestId = newRequestId()
  const known: Known = { records: 0 }
  if (context.tracing) known.span = startRequestSpan(context.tracing, request, requestId)
  // Read at once: what comes while the caller is looked up must not be missed.
  const body = readBody(request, context.bodyMs)
  try {
    const { endpoint, form } = asked
    const placed = place(context, asked, request, requestId, known)
    // Who sends too much meanwhile is told when the body is awaited.
    if (placed instanceof Promise) body.catch(() => {})
    const serving = placed instanceof Promise ? await placed : placed
    form.check(request)
    const sent = await body
    if (!sent) return count(context, known, began, clientGone)
    const unpacked = decompress(sent, request.headers)
    const bytes = unpacked instanceof Promise ? await unpacked : unpacked
    const { body: given, state } = form.read(bytes, request.headers, serving)
    const records = readRecords(serving, given, known)
    known.given = { body: given, bytes: bytes.length }
    const trace = known.span?.context
    const outcome = await context.dispatcher.predict(serving, {
      requestId,
      records,
      bytes: bytes.length,
      trace,
    })
    known.outcome = outcome
    const predictions = predictionsOf(outcome, serving)
    const json = JSON.stringify(predictions)
    const { body: text, headers } = form.write({ requestId, serving, endpoint, predictions, json }, state)
    sendJson(response, requestId, 200, text, known.rate ? { ...headers, ...known.rate } : headers)
    record(context, requestId, known, began, 200, json, null)
    copy(context, asked.selector, requestId, known, began, 200, predictions)
  } catch (error) {
    // Nobody waits for it any more, however it ends.
    body.catch(() => {})
    const refusal = sendError(response, requestId, error, asked.form.refuse, known.rate)
    if (refusal !== error) context.warn(`request ${requestId} failed`, error)
    record(context, requestId, known, began, refusal.status, null, refusal.message)
    copy(context, asked.selector, requestId, known, began, refusal.status, null)
  }
}

/** Who asks and which version answers, and counts the request as theirs. Throws or rejects with `Refusal`. */
function place(
  { callers, rates, splits, metrics }: PredictContext,
  { endpoint, selector }: Asked,
  request: IncomingMessage,
  requestId: string,
  known: Known,
): AtHand<Serving> {
  return andThen(callers(request, 'endpoint.predict'), (caller) => {
    known.caller = caller
    known.rate = rates.headers(caller)
    const { workspaceId } = caller
    const chosen = splits.choose(workspaceId, endpoint, selector, request.headers, requestId)
    return andThen(chosen, ({ serving, abTestId }) => {
      known.serving = serving
      known.endpoint = endpoint
      known.abTestId = abTestId
      known.metrics = metrics.of(workspaceId, endpoint, serving)
      known.metrics.began()
      return serving
    })
  })
}

/** Throws `Refusal` where there are none. */
function predictionsOf({ reply }: Outcome, { limits }: Serving): unknown[] {
  if ('predictions' in reply) return reply.predictions
  const { code, message } = reply.error
  if (code === 'expired') throw timedOut(limits.deadlineMs)
  throw new Refusal(code === 'bad_record' ? 400 : 500, code, message)
}

function readRecords(serving: Serving, body: unknown, known: Known): unknown[] {
  try {
    known.input = JSON.stringify(body)
  } catch {
    throw new Refusal(400, 'bad_record', 'the record is nested too deeply')
  }
  const parsed = serving.read(body)
  if ('problem' in parsed) throw new Refusal(400, 'bad_record', parsed.problem.message, parsed.problem.field)
  known.records = parsed.records.length
  return parsed.records
}

/** Every answer about a version leaves a row; a request that reached none has nothing to hang it on. */
function record(
  context: PredictContext,
  requestId: string,
  known: Known,
  began: number,
  status: number,
  output: string | null,
  error: string | null,
) {
  count(context, known, began, status)
  const { log } = context
  const { caller, serving, abTestId, input, records, outcome } = known
  if (!caller || !serving) return
  const answer = { requestId, status, abTestId: abTestId ?? null, input: input ?? null, output }
  log.add({
    requestId,
    workspaceId: caller.workspaceId,
    endpointId: serving.endpointId,
    versionId: serving.versionId,
    version: serving.version,
    tokenId: caller.tokenId ?? null,
    status,
    records,
    latencyMs: performance.now() - began,
    batchWaitMs: outcome?.batchWaitMs ?? null,
    queueMs: outcome?.queueMs ?? null,
    modelMs: outcome?.modelMs ?? null,
    batchRequests: outcome?.batchRequests ?? null,
    ...kept(answer, serving.sampleShare),
    error,
    abTestId: answer.abTestId,
    at: new Date(),
  })
}

/** What asked for the version in production, or for those of an A/B test, goes to shadows, too; refusals of overload do not. */
function copy(
  { copies }: PredictContext,
  { version, status = 'production' }: Selector,
  requestId: string,
  { serving, given, abTestId }: Known,
  began: number,
  answered: number,
  predictions: unknown[] | null,
) {
  if (!copies || !serving || !given || (answered !== 200 && answered !== 500)) return
  if (version !== undefined || (status !== 'production' && abTestId === null)) return
  copies.send({
    endpointId: serving.endpointId,
    versionId: serving.versionId,
    requestId,
    ...given,
    status: answered,
    latencyMs: performance.now() - began,
    predictions,
    sampleShare: abTestId === null ? serving.sampleShare : 1,
  })
}

/** As nginx calls it in its logs; nobody receives it. */
const clientGone = 499

function count({ metrics }: PredictContext, known: Known, began: number, status: number) {
  if (known.span) endRequestSpan(known.span, status, known)
  if (!known.metrics) return metrics.unplaced(status)
  const { records, outcome } = known
  known.metrics.ended({
    status,
    latencyMs: performance.now() - began,
    records,
    queueMs: outcome && outcome.batchWaitMs + outcome.queueMs,
    modelMs: outcome?.modelMs,
  })
}
