import { z } from 'zod'
import { type Category, filter, mostFilters } from './filter'

/** Above so many rows a scatter is binned or a sample, and so are the ranks of Spearman. */
export const wholeRows = 50_000
/** Above so many rows quantiles are those of a sample. */
export const exactRows = 1_000_000
/** Rows of a sample that is drawn. */
export const drawnSample = 5_000
/** Rows of a sample that is counted. */
export const countedSample = 100_000
/** Columns of a correlation matrix. */
export const mostCorrelated = 24
/** Categories that have a colour, a bar or a box of their own. */
export const mostCategories = 10
export const mostBars = 12
export const mostBoxes = 16
/** Categories along an axis. */
export const mostPlaces = 24
/** Outliers that are drawn beside one box. */
export const drawnOutliers = 40
/** Images in a row of the gallery. */
export const imagesPerLabel = 12

export const methods = ['pearson', 'spearman'] as const
export type Method = (typeof methods)[number]

const name = z.string().min(1).max(1000)

/** What a figure of the page shows. */
export const figure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attribute'), column: name }),
  z.object({
    kind: z.literal('scatter'),
    x: name,
    y: name,
    colour: name.nullable(),
    /** How more rows than are drawn one by one become a figure. */
    many: z.enum(['bins', 'sample']),
  }),
  z.object({
    kind: z.literal('correlation'),
    columns: z.array(name).min(2).max(mostCorrelated),
    method: z.enum(methods),
  }),
  z.object({ kind: z.literal('boxes'), value: name, group: name.nullable() }),
  z.object({ kind: z.literal('gallery'), images: name, label: name.nullable() }),
])
export type Figure = z.infer<typeof figure>

/** A figure over the rows that the filters leave. */
export const exploreQuestion = z.object({ figure, filters: z.array(filter).max(mostFilters) })
export type ExploreQuestion = z.infer<typeof exploreQuestion>

/** How many rows there are, all and those that the filters leave. */
export type Counted = { all: number; rows: number }

/** Of a column of numbers or dates (milliseconds). Without the missing, NaN and infinite ones. */
export type Statistics = {
  min: number
  max: number
  mean: number
  deviation: number | null
  quartiles: [number, number, number]
  /** More than 1.5 times the distance of the quartiles away from them (Tukey's rule). */
  outliers: { below: number; above: number; low: number; high: number }
}

export type AttributeAnswer = Counted & {
  missing: number
  nan: number
  infinite: number
  /** Different values; `about` where they were estimated. */
  distinct: number
  about: boolean
  statistics: Statistics | null
  /** Rows that the quartiles were computed from, where these are a sample. */
  sample: number | null
  drawn:
    | { kind: 'histogram'; edges: number[]; all: number[]; counts: number[] }
    | {
        kind: 'bars'
        bars: { value: string; all: number; count: number }[]
        others: { values: number; all: number; count: number } | null
      }
    /** Nothing to draw: each value is missing, or it holds lists. */
    | { kind: 'nothing' }
}

/** What stands along an axis of a scatter; the place of a category is its index. */
export type Axis =
  | { kind: 'number' | 'integer' | 'time'; min: number; max: number }
  | { kind: 'categories'; values: string[] }

/** What a colour stands for. */
export type ColourScale =
  | { kind: 'none' }
  /** In the order of their frequency; the others are `others`, a missing value is null. */
  | { kind: 'categories'; values: Category[]; others: boolean }
  | { kind: 'numbers'; min: number; max: number }

export type ScatterAnswer = Counted & {
  /** Rows that have no place: a value is missing, no finite number, or too rare a category. */
  left: number
  xAxis: Axis
  yAxis: Axis
  drawn: /** By dot; `colour` is a number, or an index into the scale's values (their length: another value). */
    | {
        kind: 'dots'
        x: number[]
        y: number[]
        colour: (number | null)[] | null
        /** Rows at this place with this colour. */
        counts: number[] | null
        scale: ColourScale
        /** Of how many rows the dots are a sample; null: they are all. */
        sampleOf: number | null
      }
    | { kind: 'bins'; xEdges: number[]; yEdges: number[]; i: number[]; j: number[]; counts: number[] }
}

export type CorrelationAnswer = Counted & {
  /** By row and column; null where one of them is constant, or they have no two rows in common. */
  matrix: (number | null)[][]
  /** Rows it was computed from, where these are a sample. */
  sample: number | null
}

export type Box = {
  group: Category
  count: number
  quartiles: [number, number, number]
  /** The outermost values that are no outliers. */
  whiskers: [number, number]
  outliers: number
  /** Some of them, the outermost first. */
  drawn: number[]
}
export type BoxesAnswer = Counted & {
  boxes: Box[]
  /** Groups without a box, with their rows. */
  others: { groups: number; rows: number } | null
  /** Rows where the value is missing or no finite number. */
  left: number
  sample: number | null
}

export type GalleryAnswer = Counted & {
  shape: number[]
  /** The range of all values that are shown. */
  min: number
  max: number
  /** An image is a byte per value as base64, 0 for `min`, 255 for `max`. */
  labels: { label: Category; count: number; images: string[] }[]
}

/** What answers each figure. */
export type Answers = {
  attribute: AttributeAnswer
  scatter: ScatterAnswer
  correlation: CorrelationAnswer
  boxes: BoxesAnswer
  gallery: GalleryAnswer
}
export type AnswerTo<F extends Figure> = Answers[F['kind']]
export type ExploreAnswer = Answers[keyof Answers]
