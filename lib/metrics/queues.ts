import type { Queue } from 'bullmq'
import { Gauge, type Registry } from 'prom-client'

/** Depths of the queues, read from Redis at each scrape. Without Redis they are missing, not zero. */
export function createQueueMetrics(registry: Registry, queues: Queue[]) {
  new Gauge({
    name: 'cellar_queue_jobs',
    help: 'Jobs in a queue, by state; completed and failed ones are kept for a minute',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const queue of queues) {
        const counts = await queue.getJobCounts().catch(() => ({}))
        for (const [state, count] of Object.entries(counts)) this.set({ queue: queue.name, state }, count)
      }
    },
  })
}
