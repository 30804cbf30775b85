import { z } from 'zod'
import { columnTypes, maxColumns } from './dataset'

/** What a file with rows can be. Text may be compressed with gzip. */
export const importFormats = ['csv', 'json', 'parquet', 'arrow', 'excel'] as const
export type ImportFormat = (typeof importFormats)[number]

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** How a file is read; what is left out is found out. */
export const importOptions = z.object({
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  /** Whether the first line has the columns' names. */
  header: z.boolean().optional(),
  /** Of a workbook. */
  sheet: z.string().max(256).optional(),
})
export type ImportOptions = z.infer<typeof importOptions>

export const importColumn = z.object({
  name: z.string().trim().min(1, 'enter a name').max(256, 'use at most 256 characters'),
  type: z.enum(columnTypes),
  /** Whether it becomes part of the data set. */
  keep: z.boolean(),
})
/** What becomes of the file's columns, in their order. */
export const importColumns = z.array(importColumn).min(1).max(maxColumns)
export type ImportColumn = z.infer<typeof importColumn>

/** A place in a file: its line, or its row where the format has no lines. */
export type Misfit = { line: number; value: string }

export type PreviewColumn = ImportColumn & {
  /** Values that are missing. */
  missing: number
  /** Values that are not of the type: they would become missing. */
  misfits: { count: number; examples: Misfit[] }
  /** What is worth knowing about how it is read. */
  note?: string
}

/** What a file holds, before anything is made of it. */
export type ImportPreview = {
  format: ImportFormat
  /** As it is read: what the options said, or what was found. */
  options: ImportOptions
  sheets?: string[]
  rows: number
  columns: PreviewColumn[]
  /** The first rows, as the file has them. */
  sample: (string | null)[][]
  /** Lines that cannot be rows: with another number of values than the head, or an open quote. */
  rejected: { count: number; examples: { line: number; reason: string; text: string }[] }
  /** What was done to read it. */
  notices: string[]
}

/** Rows of the preview. */
export const sampleRows = 20
