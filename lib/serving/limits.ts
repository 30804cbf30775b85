import { z } from 'zod'
import { coalesceLimits } from './coalesce'

/** How much an endpoint takes on at once, as people set it; null leaves it to the installation. */
export const endpointLimits = z.object({
  /** Records in one call of the model. */
  batchSize: z.number().int().min(1).max(1000).nullable(),
  /** Requests of one version that wait, before others are refused. */
  maxWaiting: z.number().int().min(1).max(100_000).nullable(),
  /** From a request to its answer, milliseconds. */
  deadlineMs: z.number().int().min(10).max(60_000).nullable(),
  /** Calls of one version's model at once, each in a process of its own. */
  concurrency: z.number().int().min(1).max(16).nullable(),
})
export type EndpointLimits = z.infer<typeof endpointLimits>

/** What nobody has set. */
export const noLimits: EndpointLimits = {
  batchSize: null,
  maxWaiting: null,
  deadlineMs: null,
  concurrency: null,
}

/** What holds for an endpoint's requests. */
export type Limits = {
  /** Requests in one job, and their records together unless a single request has more. */
  maxRequests: number
  maxRecords: number
  maxWaiting: number
  deadlineMs: number
  concurrency: number
}

/** What holds in every installation where nobody has set anything. */
export const defaultLimits: Limits = {
  maxRequests: 64,
  maxRecords: coalesceLimits.maxRecords,
  maxWaiting: coalesceLimits.maxWaiting,
  deadlineMs: 10_000,
  concurrency: 1,
}

const fromEnvironment = (name: string) => Number(process.env[name]) || undefined

/** What holds in this installation where nobody has set anything. */
export const installationLimits = (): Limits => ({
  ...defaultLimits,
  deadlineMs: fromEnvironment('CELLAR_PREDICT_TIMEOUT_MS') ?? defaultLimits.deadlineMs,
  maxWaiting: fromEnvironment('CELLAR_PREDICT_WAITING') ?? defaultLimits.maxWaiting,
})

/** An endpoint's own limits, completed by those of the installation. */
export const resolveLimits = (
  { batchSize, maxWaiting, deadlineMs, concurrency }: EndpointLimits,
  defaults: Limits,
): Limits => ({
  maxRequests: batchSize ?? defaults.maxRequests,
  maxRecords: batchSize ?? defaults.maxRecords,
  maxWaiting: maxWaiting ?? defaults.maxWaiting,
  deadlineMs: deadlineMs ?? defaults.deadlineMs,
  concurrency: concurrency ?? defaults.concurrency,
})
