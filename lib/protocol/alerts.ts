import { z } from 'zod'

/** What an alert is about. */
export const alertMetrics = ['error_rate', 'latency_p95', 'latency_p99', 'drift'] as const
export type AlertMetric = (typeof alertMetrics)[number]

const common = {
  emails: z.array(z.email().max(254)).max(10).default([]),
  /** Reports are posted there, signed with the endpoint's key. */
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
}
const over = {
  windowMinutes: z.number().int().min(1).max(1440),
  /** With fewer requests in the window nothing is said. */
  minRequests: z.number().int().min(1).max(1_000_000),
}

/** A rule as a person writes it. `threshold`: what must be exceeded, a share of requests or milliseconds. */
export const alertRule = z
  .discriminatedUnion('metric', [
    z.object({ metric: z.literal('error_rate'), threshold: z.number().min(0).max(1), ...over, ...common }),
    z.object({
      metric: z.enum(['latency_p95', 'latency_p99']),
      threshold: z.number().positive(),
      ...over,
      ...common,
    }),
    // What drift is, is decided where it is looked for.
    z.object({ metric: z.literal('drift'), ...common }).transform((rule) => ({
      ...rule,
      threshold: 0,
      windowMinutes: 0,
      minRequests: 0,
    })),
  ])
  .refine(({ emails, webhookUrl }) => emails.length > 0 || webhookUrl !== null, {
    path: ['emails'],
    message: 'give an e-mail address or a webhook: an alert that nobody hears is none',
  })
export type AlertRule = z.infer<typeof alertRule>

/** What is told of an episode: that it began, and that it is over. */
export const alertPhases = ['began', 'ended'] as const
export type AlertPhase = (typeof alertPhases)[number]

/** A message as it is sent. */
export type AlertMessage = {
  endpoint: string
  metric: AlertMetric
  phase: AlertPhase
  value: number
  threshold: number
  /** In one sentence. */
  summary: string
  /** The endpoint's monitoring page. */
  page: string
  at: string
}
