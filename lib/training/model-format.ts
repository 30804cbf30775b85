import { z } from 'zod'
import { algorithmNames } from '../protocol/training'
import type { Category } from '../protocol/training-result'

/**
 * A trained model as plain JSON: how a record becomes a row of numbers, and how that becomes an answer. Whatever engine
 * trained it, `kernel/serve/model/trained` answers with it. `docs/training.md` describes it for other programs.
 */
export const modelFormat = 'cellar-trained-1'

const column = z.string().min(1)

/** What a column becomes. Columns stand in the row in the order of the features. */
export const featureEncoding = z.discriminatedUnion('encoding', [
  /** The number itself; a boolean is 0 or 1. `missing` stands in for what is not there; null refuses it. */
  z.object({
    column,
    encoding: z.literal('number'),
    type: z.enum(['boolean', 'integer', 'number']),
    missing: z.number().nullable(),
  }),
  /** One number for each category, 1 for the record's own. Null is the category of what is missing. */
  z.object({
    column,
    encoding: z.literal('one_hot'),
    categories: z.array(z.string().nullable()),
    /** What becomes of other texts: zeros everywhere, or the record is refused. */
    unknown: z.enum(['zeros', 'refuse']),
  }),
  /** The category's place in the list; others have the place after the last. */
  z.object({
    column,
    encoding: z.literal('index'),
    categories: z.array(z.string().nullable()),
    unknown: z.enum(['last', 'refuse']),
  }),
  /** Parts of a time, in UTC: days since 1970 (with their fraction), month 1–12, weekday 0 (Sunday)–6, hour 0–23. */
  z.object({
    column,
    encoding: z.literal('time'),
    type: z.enum(['date', 'datetime']),
    parts: z.array(z.enum(['days', 'month', 'weekday', 'hour'])).min(1),
    /** Milliseconds since 1970. */
    missing: z.number().nullable(),
  }),
  /** A list of numbers of one shape, such as an image. */
  z.object({ column, encoding: z.literal('numbers'), shape: z.array(z.number().int().positive()) }),
])
export type FeatureEncoding = z.infer<typeof featureEncoding>

/** `(value − shift) × scale`, for each number of the row. */
const scaling = z.object({ shift: z.array(z.number()), scale: z.array(z.number()) })
export type Scaling = z.infer<typeof scaling>

/**
 * A tree as arrays by node; the root is node 0. `feature` is −1 at a leaf. A row goes left where its number is at most
 * `threshold`, or, where the node has `categories`, is one of them. `values`: `outputs` numbers for each node.
 */
export const tree = z.object({
  feature: z.array(z.number().int().min(-1)),
  threshold: z.array(z.number()),
  left: z.array(z.number().int()),
  right: z.array(z.number().int()),
  values: z.array(z.number()),
  categories: z.record(z.string(), z.array(z.number().int())).optional(),
  /** Which of the outputs it adds to; without, to all of them. */
  output: z.number().int().optional(),
  weight: z.number(),
})
export type Tree = z.infer<typeof tree>

const link = z.enum(['identity', 'logistic', 'softmax'])

export const predictor = z.discriminatedUnion('kind', [
  /** The nearest of these. `cosine`: by angle, centres and rows being of length 1. */
  z.object({
    kind: z.literal('clusters'),
    centers: z.array(z.array(z.number())).min(1),
    distance: z.enum(['euclidean', 'cosine']),
  }),
  /** A row of coefficients for each output; `logistic` has one, for the second class. */
  z.object({
    kind: z.literal('linear'),
    coefficients: z.array(z.array(z.number())).min(1),
    intercepts: z.array(z.number()).min(1),
    link,
  }),
  /** `base + Σ weight × values`, through the link. `shares`: divided by their sum. `slope` is multiplied before `logistic`. */
  z.object({
    kind: z.literal('trees'),
    trees: z.array(tree).min(1),
    base: z.array(z.number()).min(1),
    link: z.enum([...link.options, 'shares']),
    slope: z.number(),
  }),
  /** Dense layers; weights are float32, little-endian, base64: input by input, then the biases. */
  z.object({
    kind: z.literal('network'),
    layers: z
      .array(
        z.object({
          units: z.number().int().positive(),
          activation: z.enum(['linear', 'relu', 'tanh', 'sigmoid', 'elu']),
          weights: z.string(),
        }),
      )
      .min(1),
    link,
  }),
])
export type PredictorFormat = z.infer<typeof predictor>

const category: z.ZodType<Category> = z.union([z.string(), z.number(), z.boolean()])

export const trainedModel = z.object({
  format: z.literal(modelFormat),
  algorithm: z.enum(algorithmNames),
  features: z.array(featureEncoding).min(1),
  scaling: scaling.nullable(),
  /** Null for clusters. */
  target: z
    .discriminatedUnion('type', [
      z.object({ column, type: z.literal('number') }),
      z.object({ column, type: z.literal('class'), classes: z.array(category).min(2) }),
    ])
    .nullable(),
  predictor,
})
export type TrainedModel = z.infer<typeof trainedModel>

/** Numbers of a row that a feature takes. */
export function widthOf(feature: FeatureEncoding): number {
  switch (feature.encoding) {
    case 'number':
    case 'index':
      return 1
    case 'one_hot':
      return feature.categories.length
    case 'time':
      return feature.parts.length
    case 'numbers':
      return feature.shape.reduce((size, length) => size * length, 1)
  }
}
