import { z } from 'zod'
import { tracking } from './limits'

/** What cells record of their experiments (`track` of the module `cellar`), from the kernel to the database. */

const name = z.string().min(1).max(tracking.nameLength)

/** JSON has no NaN and no infinities, and a metric may be one. */
export const trackedNumber = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])
export type TrackedNumber = z.infer<typeof trackedNumber>

export const trackedParam = z.union([
  z.string().max(tracking.paramLength),
  trackedNumber,
  z.boolean(),
  z.null(),
])
export type TrackedParam = z.infer<typeof trackedParam>

/** A run: it begins with the first that a cell records, or with `track.run`. */
export const trackedRun = z.object({
  id: z.uuid(),
  name: name.nullable(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  /** Node, backend and package versions. */
  environment: z.record(z.string().max(214), z.string().max(200)),
})
export type TrackedRun = z.infer<typeof trackedRun>

/** `[index, step, value, at]`: `index` counts the points of a metric from 0, so that a repeated one is known. */
export const trackedPoint = z.tuple([
  z
    .number()
    .int()
    .min(0)
    .max(tracking.pointsPerMetric - 1),
  z.number(),
  trackedNumber,
  z.number(),
])
export type TrackedPoint = z.infer<typeof trackedPoint>

export const runEnd = z.enum(['done', 'failed', 'interrupted'])
export type RunEnd = z.infer<typeof runEnd>

/** News of one run. */
export const tracked = z.object({
  run: trackedRun,
  params: z.record(name, trackedParam).optional(),
  tags: z.array(name).max(tracking.tags).optional(),
  points: z.record(name, z.array(trackedPoint).max(tracking.pointsPerMessage)).optional(),
  end: z.object({ state: runEnd, at: z.number() }).optional(),
})
export type Tracked = z.infer<typeof tracked>

/** A file of a run, beside its bytes. */
export const trackedArtifact = z.object({
  run: trackedRun,
  cellId: z.string().max(100),
  executionId: z.string().max(200),
  /** May hold slashes, as in `model/weights.bin`. */
  name: z
    .string()
    .max(tracking.artifactNameLength)
    .regex(/^[\w. -]+(\/[\w. -]+)*$/, 'use letters, digits, dots, dashes and slashes'),
  /** MIME type. */
  type: z
    .string()
    .max(100)
    .regex(/^[\w.+-]+\/[\w.+-]+$/),
})
export type TrackedArtifact = z.infer<typeof trackedArtifact>

/** Beside the bytes of an artifact that the host hands to web. */
export const artifactUpload = trackedArtifact.extend({
  notebookId: z.uuid(),
  userId: z.uuid(),
  epoch: z.number().int(),
})
export type ArtifactUpload = z.infer<typeof artifactUpload>
