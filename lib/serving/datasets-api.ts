import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DatasetColumn, DownloadFormat, VersionOrigin } from '../protocol/dataset'

/** A data set as applications see it, by its newest version. */
export type ApiDataset = {
  name: string
  description: string
  version: number
  hash: string
  rows: number
  columns: number
  bytes: number
  updated_at: string
}

/** A file of a version, by the SHA-256 of its bytes. */
export type ApiDatasetFile = { sha256: string; bytes: number }

/** A version of a data set with all that says what it holds. */
export type ApiDatasetVersion = {
  dataset: string
  version: number
  parent: number | null
  /** SHA-256 of the version's manifest: its files and its columns (docs/datasets.md). */
  hash: string
  rows: number
  columns: DatasetColumn[]
  /** Parquet; `__row` is its first column, the row's identity. */
  base: ApiDatasetFile
  /** Parquet with the rows that differ from the base, and whether they are deleted. */
  changes: ApiDatasetFile | null
  origin: VersionOrigin
  message: string
  created_at: string
}
export type ApiDatasetVersionSummary = Omit<ApiDatasetVersion, 'dataset' | 'columns' | 'base' | 'changes'>

type Place = { workspaceId: string; dataset: string }
type Author = { workspaceId: string; author: string }

/** What applications may do with data sets. Each rejects with `Refusal`. */
export type DatasetsApi = {
  /** By name. */
  list(place: { workspaceId: string }): Promise<ApiDataset[]>
  /** Newest first. */
  versions(place: Place): Promise<ApiDatasetVersionSummary[]>
  /** The newest without a number. */
  version(asked: Place & { version?: number }): Promise<ApiDatasetVersion>
  /** A version as a file to take along; `tag` changes with its content. */
  download(
    asked: Place & { version?: number; format: DownloadFormat },
  ): Promise<{ file: string; name: string; type: string; tag: string }>
  /** One of the files that a version is made of. */
  file(asked: Place & { version: number; sha256: string }): Promise<string>
  /**
   * Makes a version of a file in the body, or of one that was uploaded before (`upload`). `parent`: the version that it
   * was made from, 0 for a new data set; without it, it follows whichever is the newest.
   */
  push(
    asked: Place & Author & { message: string; file: string; parent?: number; upload?: string },
    request: IncomingMessage,
  ): Promise<ApiDatasetVersion>
  /** Uploads by the tus protocol, below `/api/v1/uploads`; `id` of one that has begun. */
  upload(who: Author & { id?: string }, request: IncomingMessage, response: ServerResponse): Promise<void>
}
