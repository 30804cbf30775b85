import type { ColumnType } from '../../../lib/protocol/dataset'
import type { ImportFormat, ImportOptions } from '../../../lib/protocol/dataset-import'
import type { Reading } from './typed'

/** A column of a file. `native`: its type where the file says one; a text's is found out. */
export type StagedColumn = {
  /** Its value in the staged file, as SQL; of a column without a native type it is a text. */
  source: string
  /** As people will know it. */
  name: string
  native: ColumnType | null
}

export type Rejected = { count: number; examples: { line: number; reason: string; text: string }[] }

/** A file that has been read once: a Parquet file with its columns as they are, and what reading it showed. */
export type Staged = {
  format: ImportFormat
  file: string
  options: ImportOptions
  sheets?: string[]
  rows: number
  columns: StagedColumn[]
  rejected: Rejected
  notices: string[]
  reading: Reading
  /**
   * Of delimited text: where lines can be found again, how many records the head has, which records are no rows.
   * `byRecord`: people count records, as a workbook's rows are, not lines.
   */
  text?: {
    file: string
    delimiter: string
    headRecords: number
    rejectedRecords: number[]
    byRecord?: boolean
  }
}
