import { z } from 'zod'

/**
 * What one record of a prediction must look like. Taken from the records that the cell gave (`lib/protocol/schema-infer`),
 * checked at the gateway, drawn as a form on the endpoint's page.
 */

const common = {
  /** Null, or left out in an object. */
  nullable: z.boolean().optional(),
}

export type FieldSchema =
  | { type: 'number'; integer?: boolean; min?: number; max?: number; nullable?: boolean }
  | {
      type: 'string'
      /** The values seen, if at most 100: others are refused unless `open`. */
      categories?: string[]
      open?: boolean
      nullable?: boolean
    }
  | { type: 'boolean'; nullable?: boolean }
  /** Nested arrays of numbers; -1 in `shape` is any length. */
  | { type: 'tensor'; shape: number[]; nullable?: boolean }
  | { type: 'array'; items: FieldSchema; nullable?: boolean }
  | { type: 'object'; fields: Record<string, FieldSchema>; nullable?: boolean }
  /** Nothing is known of it: any JSON. */
  | { type: 'any'; nullable?: boolean }

export const fieldSchema: z.ZodType<FieldSchema> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('number'),
      integer: z.boolean().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      ...common,
    }),
    z.object({
      type: z.literal('string'),
      categories: z.array(z.string()).max(100).optional(),
      open: z.boolean().optional(),
      ...common,
    }),
    z.object({ type: z.literal('boolean'), ...common }),
    z.object({ type: z.literal('tensor'), shape: z.array(z.number().int().min(-1)).max(8), ...common }),
    z.object({ type: z.literal('array'), items: fieldSchema, ...common }),
    z.object({ type: z.literal('object'), fields: z.record(z.string(), fieldSchema), ...common }),
    z.object({ type: z.literal('any'), ...common }),
  ]),
)

/** `min` and `max` describe the data that was seen (for forms and monitoring); they do not refuse. */
export type RecordSchema = { input: FieldSchema; output: FieldSchema }
export const recordSchema: z.ZodType<RecordSchema> = z.object({ input: fieldSchema, output: fieldSchema })
