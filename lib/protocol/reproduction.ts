import { z } from 'zod'
import type { Cell } from '../notebook/document'
import type { Environment } from '../notebook/environment'
import type { ReadVersion } from './dataset-read'
import type { ReadData } from './read-data'

/**
 * `equal`: all predictions agree within 1e-6. `different`: they do not. `failed`: the cells did not run, or what they
 * promoted could not be asked.
 */
export const reproductionStates = ['running', 'equal', 'different', 'failed', 'cancelled'] as const
export type ReproductionState = (typeof reproductionStates)[number]

/** web → host: run the cells that made a version again, in a fresh kernel and beside the person's. */
export type ReproductionOrder = {
  reproductionId: string
  /** Whose files the cells find. */
  notebookId: string
  endpoint: string
  version: string
  /** The cell that was promoted from, and the name of what was. */
  cellId: string
  variable: string
  /** In the order in which they run. */
  cells: Cell[]
  environment: Environment
  /** What the cells had read when the version was made. */
  data: ReadData[]
  /** Of these the versions of data sets, which they read again. */
  datasets: ReadVersion[]
}

/** How it goes, from its host. */
export const reproductionNews = z.object({
  reproductionId: z.uuid(),
  /** What is being done, or why it failed, as a sentence. */
  note: z.string().max(2000),
  cellsDone: z.number().int().nonnegative(),
  /** Names of the data that is not what it was. */
  changed: z.array(z.string().max(1000)).max(1000).optional(),
  /** It has ended without a result; `trace`: of the cell that failed. */
  failed: z.object({ trace: z.string().max(100_000).nullable() }).optional(),
})
export type ReproductionNews = z.infer<typeof reproductionNews>

/** Beside the bundle that the cells promoted. */
export const reproducedBundle = z.object({ reproductionId: z.uuid() })
export type ReproducedBundle = z.infer<typeof reproducedBundle>
