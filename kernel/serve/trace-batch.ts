import type { PredictJob, PredictReply } from '../../lib/protocol/serving'
import type { Tracing } from '../../lib/tracing/tracing'

/**
 * Runs a batch with spans for each of its requests that is traced, so that each trace is whole: what the worker did, and
 * within it the model, by its child's own clock. The child itself has no receiver to reach: a person's code runs there.
 */
export async function traceBatch(
  tracing: Tracing,
  jobId: string,
  { items }: PredictJob,
  run: () => Promise<PredictReply>,
): Promise<PredictReply> {
  const began = Date.now()
  const spans = items.flatMap(({ requestId, records, trace }) => {
    if (!trace) return []
    const attributes = {
      'messaging.system': 'bullmq',
      'messaging.destination.name': 'predict',
      'messaging.message.id': jobId,
      'cellar.request_id': requestId,
      'cellar.records': records.length,
      'cellar.batch_requests': items.length,
    }
    const span = tracing.start('predict process', { kind: 'consumer', parent: trace, attributes, at: began })
    return [{ requestId, span }]
  })
  if (spans.length === 0) return run()

  const reply = await run()
  const ended = Date.now()
  const failures = new Map(
    reply.items.flatMap((item) => ('error' in item ? [[item.requestId, item.error.code] as const] : [])),
  )
  for (const { requestId, span } of spans) {
    const within = (name: string, from: number, to: number) =>
      tracing.start(name, { kind: 'internal', parent: span.context, at: from }).end({ at: to })
    if (reply.loadMs) within('model load', began, Math.min(began + reply.loadMs, ended))
    if (reply.modelMs > 0) within('model predict', Math.max(began, ended - reply.modelMs), ended)
    // Its message may hold what was in the record.
    span.end({ failure: failures.get(requestId), at: ended })
  }
  return reply
}
