import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { latencyBuckets, longBuckets } from './buckets'

export type WorkerMetrics = {
  /** Measures the loading of a model into a process of its own. */
  loading<T>(load: () => Promise<T>): Promise<T>
  /** Measures a batch in a worker, from taking it up to its reply. */
  batch<T>(run: () => Promise<T>): Promise<T>
}

/** What a worker tells Prometheus. `models`: those that are loaded now. */
export function createWorkerMetrics(registry: Registry, models: () => { memory: number }[]): WorkerMetrics {
  const registers = [registry]
  const loads = new Counter({
    name: 'cellar_model_loads_total',
    help: 'Models loaded into a process of their own, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const loadSeconds = new Histogram({
    name: 'cellar_model_load_duration_seconds',
    help: 'Start of a model’s process until it can predict',
    buckets: longBuckets,
    registers,
  })
  const batchSeconds = new Histogram({
    name: 'cellar_worker_batch_duration_seconds',
    help: 'A batch in a worker, from taking it up to its reply',
    buckets: latencyBuckets,
    registers,
  })
  new Gauge({
    name: 'cellar_models_loaded',
    help: 'Models that are loaded',
    registers,
    collect() {
      this.set(models().length)
    },
  })
  new Gauge({
    name: 'cellar_models_memory_bytes',
    help: 'Resident memory of the models’ processes',
    registers,
    collect() {
      this.set(models().reduce((sum, { memory }) => sum + memory, 0))
    },
  })
  return {
    async loading(load) {
      const end = loadSeconds.startTimer()
      try {
        const loaded = await load()
        end()
        loads.inc({ outcome: 'success' })
        return loaded
      } catch (error) {
        loads.inc({ outcome: 'error' })
        throw error
      }
    },
    async batch(run) {
      const end = batchSeconds.startTimer()
      try {
        return await run()
      } finally {
        end()
      }
    },
  }
}
