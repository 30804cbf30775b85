import type { ColumnType, DatasetRows, DownloadFormat } from '../protocol/dataset'
import type { DatasetDiff, DiffKind } from '../protocol/dataset-diff'
import type { ImportOptions, ImportPreview } from '../protocol/dataset-import'
import type { TableQuery } from '../protocol/tables'
import type { Conversion, ConversionFit, SaveConversion } from './conversion'
import type { CreatedVersion } from './create-version'
import type { SavedEdits, SaveEdits } from './edit/edits'
import type { ExploreAnswer, ExploreQuestion } from './explore/question'
import type { SaveImport } from './save-import'

/** What the process `data` is asked, and what it answers. A question is a line here and a file in `app/_data/questions`. */
export type Questions = {
  /** Rows of a version from one on, in its order, or those that a query leaves, in the order of the query. */
  page: { ask: { versionId: string; query?: TableQuery; offset: number; limit: number }; answer: DatasetRows }
  /** Makes a version of edits, or says which rows others changed meanwhile. */
  edit: { ask: SaveEdits; answer: SavedEdits }
  /** A figure. Asked anew by the same asker, the question before ends (409). */
  explore: { ask: ExploreQuestion & { versionId: string; asker: string }; answer: ExploreAnswer }
  /** What an uploaded file holds. `types`: of its columns, in place of those that are found out. */
  inspect: {
    ask: { uploadId: string; options: ImportOptions; types?: (ColumnType | null)[] }
    answer: ImportPreview
  }
  /** How the values of a column fit another type. */
  fit: { ask: Conversion & { versionId: string }; answer: ConversionFit }
  /** Makes a version in which a column holds another type. */
  convert: { ask: SaveConversion; answer: CreatedVersion }
  /** What differs between two versions, and some of the rows. */
  diff: {
    ask: { before: string; after: string; kinds: DiffKind[]; offset: number; limit: number }
    answer: DatasetDiff
  }
  /** A version as a file to take along. */
  download: { ask: { versionId: string; format: DownloadFormat }; answer: { file: string } }
  /** Makes a version of an uploaded file. */
  save: { ask: SaveImport; answer: { datasetId: string; name: string; version: CreatedVersion } }
  /** One Parquet file with all rows of a version, made where there is none yet. */
  whole: { ask: { versionId: string }; answer: { file: string } }
}
export type Question = keyof Questions
export type AskOf<Q extends Question> = Questions[Q]['ask']
export type AnswerOf<Q extends Question> = Questions[Q]['answer']

/** Asks the process `data`. Rejects with `Refused`: what was asked cannot be, or nobody answered in time (503). */
export type AskData = <Q extends Question>(question: Q, ask: AskOf<Q>) => Promise<AnswerOf<Q>>

export const dataQueue = 'data'
export type DataJob = { question: Question; ask: unknown }
export type DataReply =
  | { ok: true; answer: unknown }
  /** `status` and the rest as in `Refused`. */
  | { ok: false; status: number; code: string; message: string; fields?: Record<string, string> }
