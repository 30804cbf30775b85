import { z } from 'zod'

/**
 * What a column holds. `datetime` is a moment in UTC, `numbers` a list of numbers of one shape, as an image is.
 * Each has one type in Parquet: BOOLEAN, BIGINT, DOUBLE, VARCHAR, DATE, TIMESTAMP, DOUBLE[].
 */
export const columnTypes = ['boolean', 'integer', 'number', 'text', 'date', 'datetime', 'numbers'] as const
export type ColumnType = (typeof columnTypes)[number]

export const datasetColumn = z.object({
  name: z.string().min(1).max(256),
  type: z.enum(columnTypes),
  nullable: z.boolean(),
  /** The values of a text column that has few. */
  categories: z.array(z.string()).optional(),
  /** Of `numbers`: sizes, the last one's index moves fastest. */
  shape: z.array(z.number().int().positive()).optional(),
})
export type DatasetColumn = z.infer<typeof datasetColumn>

/** Where a version came from. */
export const versionOrigins = [
  'upload',
  'edit',
  'notebook',
  'query',
  'restore',
  'push',
  'example',
  'requests',
] as const
export type VersionOrigin = (typeof versionOrigins)[number]

/** A value as JSON carries it: what is no number in JSON (NaN, infinities, integers over 2^53) and moments are text. */
export type DatasetValue = null | boolean | number | string | number[]

/** Some rows of a version, in its order. */
export type DatasetRows = {
  /** How many there are in all, of which these are some. */
  total: number
  /** The rows' identities. */
  ids: number[]
  /** By row, in the order of the columns. */
  rows: DatasetValue[][]
}

/** What a version can be taken along as. */
export const downloadFormats = ['csv', 'parquet', 'arrow'] as const
export type DownloadFormat = (typeof downloadFormats)[number]
/** Media types of their files; `arrow` is a stream of Arrow's IPC format. */
export const downloadTypes: Record<DownloadFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.stream',
}
/** How their files end. */
export const downloadEndings: Record<DownloadFormat, string> = {
  csv: 'csv',
  parquet: 'parquet',
  arrow: 'arrows',
}

/** Most rows of a page. */
export const maxPageRows = 1000
/** Most columns of a data set. */
export const maxColumns = 2000
