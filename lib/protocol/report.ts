import { z } from 'zod'

/** What processes say of themselves every few seconds: hosts over their socket to web, workers through Redis. */

export const metricSnapshot = z.array(
  z.object({
    name: z.string(),
    help: z.string(),
    type: z.enum(['counter', 'gauge', 'histogram', 'summary']),
    values: z.array(
      z.object({
        /** Of a histogram: which of its lines. */
        metricName: z.string().optional(),
        labels: z.record(z.string(), z.union([z.string(), z.number()])),
        value: z.number(),
      }),
    ),
  }),
)
export type MetricSnapshot = z.infer<typeof metricSnapshot>

export const processKinds = ['web', 'host', 'worker'] as const
export type ProcessKind = (typeof processKinds)[number]

export const processReport = z.object({
  kind: z.enum(processKinds),
  /** The machine's host name. */
  machine: z.string().max(200),
  pid: z.number().int(),
  /** Milliseconds since 1970. */
  at: z.number(),
  metrics: metricSnapshot,
})
export type ProcessReport = z.infer<typeof processReport>

/** What a host sends: which machine it is of, web knows by its token. */
export const hostReport = processReport.omit({ kind: true, machine: true })
export type HostReport = z.infer<typeof hostReport>
