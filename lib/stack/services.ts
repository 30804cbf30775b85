import type { ServiceSpec } from './supervisor'

/** Cellar's own processes, in the order in which they end: kernels first, then what answers, then what stores. */
export const services: ServiceSpec[] = [
  { name: 'host', script: 'host.js' },
  { name: 'worker', script: 'worker.js' },
  { name: 'web', script: 'web.js' },
]

/** Resolves when web answers; rejects after `ms`. */
export async function untilHealthy(origin: string, ms = 60_000) {
  const until = Date.now() + ms
  for (;;) {
    const answer = await fetch(`${origin}/internal/health`).catch(() => undefined)
    if (answer?.ok) return
    if (Date.now() > until) throw new Error(`web did not answer within ${ms / 1000} s; see the log above`)
    await new Promise((later) => setTimeout(later, 50))
  }
}
