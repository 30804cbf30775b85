import type { JobKind } from '../../protocol/prediction-jobs'

const fromEnvironment = (name: string, otherwise: number) => Number(process.env[name]) || otherwise

/** Jobs of a workspace that may be queued or running before others are refused. */
export const maxOpen: Record<JobKind, number> = { request: 10_000, batch: 20 }

/** Largest file of a batch, bytes. */
export const maxBatchBytes = fromEnvironment('CELLAR_BATCH_BYTES', 2 ** 30)
/** What a workspace's batches may keep on the disk, bytes. */
export const maxKeptBytes = fromEnvironment('CELLAR_BATCH_QUOTA', 20 * 2 ** 30)

/** How long a job and its result are kept after its end, hours. */
export const keptHours = fromEnvironment('CELLAR_JOBS_KEPT_HOURS', 7 * 24)
