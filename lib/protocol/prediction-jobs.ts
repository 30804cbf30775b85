/** A request whose caller does not wait, or a file of records. */
export const jobKinds = ['request', 'batch'] as const
export type JobKind = (typeof jobKinds)[number]

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]
export const hasEnded = (state: JobState) => state !== 'queued' && state !== 'running'

/** What a batch's file may be. */
export const batchFormats = ['csv', 'ndjson', 'json', 'parquet'] as const
export type BatchFormat = (typeof batchFormats)[number]

/** What a batch's result may be downloaded as. */
export const resultFormats = ['csv', 'ndjson', 'parquet'] as const
export type ResultFormat = (typeof resultFormats)[number]

/** A row without a prediction. `row` counts from 1; `field` names what does not fit. */
export type RowFailure = { row: number; code: string; message: string; field?: string }

/** Most rows of a batch. */
export const maxRows = 1_000_000

/** A job as the API and the endpoint's page show it; times are ISO texts. */
export type JobSummary = {
  id: string
  kind: JobKind
  status: JobState
  version: string
  /** Of a batch: the file's name. */
  name: string | null
  format: BatchFormat | null
  bytes: number
  rows: { total: number | null; done: number; failed: number }
  /** The first rows that failed. */
  failures: RowFailure[]
  /** Why all of it failed. */
  error: string | null
  created_at: string
  started_at: string | null
  ended_at: string | null
  /** Until when the result is kept. */
  expires_at: string | null
}
