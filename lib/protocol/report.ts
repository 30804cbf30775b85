import { z } from 'zod'
import { backend } from './events'

/** What processes say of themselves every few seconds: hosts over their socket to web, others through Redis. */

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

/** In the order in which they are shown. */
export const processKinds = ['web', 'host', 'worker', 'jobs', 'data', 'trainer'] as const
export type ProcessKind = (typeof processKinds)[number]

/** Bytes. */
const use = z.object({ used: z.number(), total: z.number() })
export type Use = z.infer<typeof use>

/** What a machine has and how much of it is used now. */
export const machineSample = z.object({
  /** `Linux 6.1 x64` */
  os: z.string().max(200),
  cpus: z.number().int(),
  /** Share of all of them that works. */
  cpu: z.number(),
  /** Processes that want a CPU, mean of a minute. */
  load: z.number(),
  memory: use,
  /** Where Cellar keeps its files; null where the system does not say. */
  disk: use.nullable(),
  gpus: z
    .array(
      z.object({
        name: z.string().max(200),
        /** Share of the time in which it works. */
        busy: z.number().nullable(),
        memory: use.nullable(),
        /** Degrees Celsius. */
        temperature: z.number().nullable(),
      }),
    )
    .max(64),
})
export type MachineSample = z.infer<typeof machineSample>

/** What a process does. */
export const processSample = z.object({
  startedAt: z.number(),
  /** Resident bytes. */
  memory: z.number(),
  /** CPUs that it keeps busy. */
  cpu: z.number(),
  cellar: z.string().max(50),
  node: z.string().max(50),
  tensorflow: backend,
  /** Of a host: its kernels, by state. */
  kernels: z.record(z.string(), z.number()).optional(),
  /** Of a worker: loaded models and their memory in bytes. */
  models: z.object({ loaded: z.number(), memory: z.number() }).optional(),
})
export type ProcessSample = z.infer<typeof processSample>

export const processReport = z.object({
  kind: z.enum(processKinds),
  /** The machine's host name. */
  machine: z.string().max(200),
  pid: z.number().int(),
  /** Milliseconds since 1970. */
  at: z.number(),
  process: processSample,
  sample: machineSample,
  metrics: metricSnapshot,
})
export type ProcessReport = z.infer<typeof processReport>

/** What a host sends: which machine it is of, web knows by its token. */
export const hostReport = processReport.omit({ kind: true, machine: true })
export type HostReport = z.infer<typeof hostReport>
