import { z } from 'zod'
import { columnTypes } from '../protocol/dataset'

/** A column that is to hold another type. */
export const conversion = z.object({
  column: z.string().min(1).max(256),
  type: z.enum(columnTypes),
  /** 1/2/2020 is the first of February. */
  dayFirst: z.boolean().default(false),
})
export type Conversion = z.infer<typeof conversion>

/** How the values of a column fit another type. */
export type ConversionFit = {
  /** Values that are there. */
  values: number
  /** Those that are none of the type, the first of them with their rows, counted from 1. */
  misfits: { count: number; examples: { row: number; value: string }[] }
}

export const saveConversion = conversion.extend({
  /** Number of the newest version that the person knows. */
  parent: z.number().int().min(1),
  /** Whether values that do not fit become missing; else they forbid it. */
  misfitsAsMissing: z.boolean().default(false),
  message: z.string().trim().max(2000).default(''),
})
export type SaveConversion = z.infer<typeof saveConversion> & { datasetId: string; userId: string | null }
