import { noServingMetrics } from '../../../lib/metrics/serving'
import { createRecordReader } from '../../../lib/protocol/records'
import type { BundleManifest } from '../../../lib/registry/bundle-file'
import { maxBodyMs } from '../../../lib/serving/body'
import { defaultLimits } from '../../../lib/serving/limits'
import type { PredictContext } from '../../../lib/serving/predict'
import { createRates } from '../../../lib/serving/rates'
import { noVersion, queueFull, unknownEndpoint, unknownVersion } from '../../../lib/serving/refusal'
import type { Selector, Serving } from '../../../lib/serving/versions'
import { runBatch } from '../batch'
import type { Pool } from '../pool'

/** What the gateway's routes for predicting need, of one version and without database, queue or keys. */
export type FileContext = Omit<PredictContext, 'sql' | 'feedback' | 'batchFolder'>

/** Everybody may ask: who reaches the port is the operator's choice. */
/** Nobody in particular: a file is served without keys, and nothing can be changed. */
const caller = { workspaceId: 'file', author: '' }

export function fileContext(
  manifest: BundleManifest,
  pool: Pool,
  { origin, warn }: Pick<PredictContext, 'origin' | 'warn'>,
): FileContext {
  const { endpoint, version, artifact, schema } = manifest
  const { record, prediction } = manifest.example ?? {}
  const serving: Serving = {
    endpointId: endpoint,
    versionId: version,
    version,
    artifact,
    schema,
    example: manifest.example && { record, prediction },
    sampleShare: 0,
    limits: defaultLimits,
    read: createRecordReader(schema.input),
  }
  const find = async (_workspaceId: string, name: string, selector: Selector = {}) => {
    if (name !== endpoint) throw unknownEndpoint(name)
    if (selector.version !== undefined && selector.version !== version)
      throw unknownVersion(name, selector.version)
    if (selector.status !== undefined && selector.status !== 'production')
      throw noVersion(name, selector.status)
    return serving
  }
  let waiting = 0
  return {
    callers: () => caller,
    rates: createRates(),
    versions: {
      find,
      names: async () => [version],
      list: (() => Promise.resolve([{ name: endpoint, version, schema }])) as never,
    },
    splits: {
      choose: async (workspaceId, name, selector) => ({
        serving: await find(workspaceId, name, selector),
        abTestId: null,
      }),
    },
    dispatcher: {
      async predict(_target, { requestId, records }) {
        if (waiting >= serving.limits.maxWaiting) throw queueFull()
        waiting++
        const began = performance.now()
        const items = [
          { requestId, records: records as never, deadline: Date.now() + serving.limits.deadlineMs },
        ]
        try {
          const reply = await runBatch(pool, requestId, { versionId: version, artifact, items })
          return {
            reply: reply.items[0]!,
            batchWaitMs: 0,
            queueMs: performance.now() - began - reply.modelMs,
            modelMs: reply.modelMs,
            batchRequests: 1,
          }
        } finally {
          waiting--
        }
      },
      open: () => waiting,
      close: () => pool.close(),
    },
    log: { add: () => {}, close: async () => {} },
    metrics: noServingMetrics,
    bodyMs: maxBodyMs,
    origin,
    warn,
  }
}
