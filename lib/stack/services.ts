import type { ServiceSpec } from './supervisor'

/**
 * What a request leaves behind is young and soon dead: twice the room for it halves what its collection costs. MiB, twice of
 * which a process may hold more.
 */
const roomForRequests = ['--max-semi-space-size=32']

/** Cellar's own processes, in the order in which they end: kernels first, then what answers, then what stores. */
export const services: ServiceSpec[] = [
  { name: 'host', script: 'host.js' },
  { name: 'jobs', script: 'jobs.js' },
  { name: 'trainer', script: 'trainer.js' },
  { name: 'data', script: 'data.js' },
  { name: 'worker', script: 'worker.js', nodeFlags: roomForRequests },
  { name: 'web', script: 'web.js', nodeFlags: roomForRequests },
]

/** A host that cannot connect is no reason to keep people from their notebooks. Milliseconds. */
const hostMs = 10_000

/** Resolves when web answers and a host is connected, so that the first cell runs; rejects after `ms` without web. */
export async function untilHealthy(origin: string, ms = 60_000) {
  const until = Date.now() + ms
  let answersSince = 0
  for (;;) {
    const answer = await fetch(`${origin}/internal/health`).catch(() => undefined)
    if (answer?.ok) {
      answersSince ||= Date.now()
      const { hosts } = (await answer.json()) as { hosts: number }
      if (hosts > 0 || Date.now() - answersSince > hostMs) return
    }
    if (Date.now() > until) throw new Error(`web did not answer within ${ms / 1000} s; see the log above`)
    await new Promise((later) => setTimeout(later, 50))
  }
}
