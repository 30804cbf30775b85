import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { latencyBuckets } from './buckets'

/** How one request of a version ended; times in milliseconds, as far as it came. */
export type Ended = {
  status: number
  latencyMs: number
  records: number
  queueMs?: number
  modelMs?: number
}

/** The metrics of one version. Each request calls `began` once and `ended` once. */
export type VersionMetrics = { began(): void; ended(request: Ended): void }

export type ServingMetrics = {
  of(workspaceId: string, endpoint: string, version: { versionId: string; version: string }): VersionMetrics
  /** A request that came to no version: without a key, for an endpoint that does not exist. */
  unplaced(status: number): void
  /** A batch of a version left for a worker with so many requests. */
  batch(versionId: string, requests: number): void
}

/** Counts nothing: for gateways that nobody scrapes. */
export const noServingMetrics: ServingMetrics = {
  of: () => ({ began() {}, ended() {} }),
  unplaced() {},
  batch() {},
}

const labelNames = ['workspace', 'endpoint', 'version'] as const

/** What the gateway tells Prometheus of each version. Names of endpoints that do not exist never become labels. */
export function createServingMetrics(registry: Registry): ServingMetrics {
  const registers = [registry]
  const requests = new Counter({
    name: 'cellar_predict_requests_total',
    help: 'Answered prediction requests, by HTTP status; 499: the client went away',
    labelNames: [...labelNames, 'code'],
    registers,
  })
  const seconds = (name: string, help: string) =>
    new Histogram({ name, help, labelNames, buckets: latencyBuckets, registers })
  const duration = seconds('cellar_predict_request_duration_seconds', 'From the request to its answer')
  const queue = seconds(
    'cellar_predict_queue_duration_seconds',
    'Waiting for a batch, the queue and a worker: all that was not the model',
  )
  const model = seconds('cellar_predict_model_duration_seconds', 'The model’s own time for the batch')
  const batches = new Histogram({
    name: 'cellar_predict_batch_size',
    help: 'Requests in a batch',
    labelNames,
    buckets: [1, 2, 4, 8, 16, 32, 64, 128],
    registers,
  })
  const records = new Counter({
    name: 'cellar_predict_records_total',
    help: 'Records in answered requests',
    labelNames,
    registers,
  })
  const inProgress = new Gauge({
    name: 'cellar_predict_requests_in_progress',
    help: 'Requests that wait for their answer',
    labelNames,
    registers,
  })

  // By the version's id: looking labels up again for each request would cost more than counting it.
  const versions = new Map<string, VersionMetrics & { batch(size: number): void }>()

  function create(workspace: string, endpoint: string, version: string) {
    const labels = { workspace, endpoint, version }
    const codes = new Map<number, Counter.Internal>()
    const [ofDuration, ofQueue, ofModel] = [
      duration.labels(labels),
      queue.labels(labels),
      model.labels(labels),
    ]
    const [ofBatches, ofRecords, ofProgress] = [
      batches.labels(labels),
      records.labels(labels),
      inProgress.labels(labels),
    ]
    return {
      began: () => ofProgress.inc(),
      ended({ status, latencyMs, records: count, queueMs, modelMs }: Ended) {
        ofProgress.dec()
        let code = codes.get(status)
        if (!code) {
          code = requests.labels({ ...labels, code: status })
          codes.set(status, code)
        }
        code.inc()
        if (count > 0) ofRecords.inc(count)
        ofDuration.observe(latencyMs / 1000)
        if (queueMs !== undefined) ofQueue.observe(queueMs / 1000)
        if (modelMs !== undefined) ofModel.observe(modelMs / 1000)
      },
      batch: (size: number) => ofBatches.observe(size),
    }
  }

  return {
    of(workspaceId, endpoint, { versionId, version }) {
      const known = versions.get(versionId)
      if (known) return known
      const made = create(workspaceId, endpoint, version)
      versions.set(versionId, made)
      return made
    },
    unplaced: (status) => requests.inc({ workspace: '', endpoint: '', version: '', code: status }),
    batch: (versionId, size) => versions.get(versionId)?.batch(size),
  }
}
