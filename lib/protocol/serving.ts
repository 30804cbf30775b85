import { z } from 'zod'
import type { ImportNaming, ImportReport, ModelFile } from './imported-model'
import type { ExportedModel, ModelFormat } from './study'

/** Between the gateway and the workers: one BullMQ job is a batch of requests for one version. */
export const predictQueue = 'predict'

export const predictJob = z.object({
  versionId: z.string(),
  /** Name in the artifact store (SHA-256 in hex). */
  artifact: z.string(),
  items: z.array(
    z.object({
      requestId: z.string(),
      records: z.array(z.json()),
      /** Milliseconds since 1970; an item past it is skipped. */
      deadline: z.number(),
      /** The span that sent it, where its trace is sampled. */
      trace: z.object({ traceparent: z.string(), tracestate: z.string().optional() }).optional(),
    }),
  ),
  /** Records in one call of the model, and calls of it at once. */
  batchSize: z.number().optional(),
  concurrency: z.number().optional(),
  /** Redis channel on which the gateway waits for a `PredictReply` as JSON. */
  reply: z.string(),
})
export type PredictJob = z.infer<typeof predictJob>

export type PredictItemReply =
  | { requestId: string; predictions: unknown[] }
  /** `bad_record`: the model refused this record (400); `model`: its code threw (500); `expired`: past its deadline (504). */
  | { requestId: string; error: { code: 'bad_record' | 'model' | 'expired'; message: string } }

export type PredictReply = {
  jobId: string
  modelMs: number
  /** How long the model had to be loaded first, where it had to. */
  loadMs?: number
  items: PredictItemReply[]
}

/** Self-test of a new version in a fresh model child. The job's return value is a `CheckReply`. */
export const checkQueue = 'check'
export type CheckJob = { versionId: string; artifact: string; records: unknown[]; predictions: unknown[] }
export type CheckReply = { ok: true; maxDifference: number } | { ok: false; reason: string }

/** Between a worker and its model child, as frames of `lib/protocol/kernel` or Node IPC with `advanced` serialization. */
export type ModelRequest =
  | { type: 'load'; n: number; bundle: Uint8Array }
  | { type: 'predict'; n: number; records: unknown[] }
  /** Instead of `load`: looks for a model in uploaded files. */
  | { type: 'import'; n: number; files: ModelFile[]; naming: ImportNaming; records: unknown[] | null }
  /** Instead of `load`: writes an artifact's model in another format. */
  | { type: 'export'; n: number; bundle: Uint8Array; format: ModelFormat }
export type ModelReply =
  | { type: 'loaded'; n: number }
  | { type: 'predictions'; n: number; predictions: unknown[]; ms: number }
  /** `model`: what an artifact holds after its mark. */
  | { type: 'imported'; n: number; report: ImportReport; model: Uint8Array }
  | ({ type: 'exported'; n: number } & ExportedModel)
  | { type: 'error'; n: number; code: 'bad_record' | 'model'; message: string }

/** Names an endpoint may not have: they are paths of the API. */
export const reservedNames = new Set([
  'endpoints',
  'jobs',
  'machines',
  'credits',
  'datasets',
  'trainings',
  'pipelines',
  'notebooks',
  'tokens',
  'users',
  'teams',
  'workspaces',
  'experiments',
  'runs',
  'spark',
  'status',
  'health',
  'metrics',
  'openapi',
  'hosts',
  'uploads',
])

/** Lower-case words joined by hyphens: `income-classifier`. */
export const endpointName = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens')
  .refine((name) => !reservedNames.has(name), 'this name is reserved')
