import type { ChildAsk } from './asks'
import type { DatasetAsk } from './dataset-read'
import type { SaveAsk } from './dataset-save'
import type { Backend, Frame, MimeBundle } from './events'
import type { InputChange } from './inputs'
import type { ReadData } from './read-data'
import type { Reference } from './reference'
import type { RecordSchema } from './schema'
import type { Tracked, TrackedArtifact } from './tracking'

/**
 * Between a host and its kernel child, over inherited pipes:
 *   fd 3  host → supervisor worker   control lines: `interrupt <n>\n`; answers `stopped <n>\n` or `stuck <n>\n`
 *                                    `take-back <n>\n`: no execution up to n begins any more; answer
 *                                    `taken-back <n> <m>\n`: of those up to n, the ones up to m had begun or been taken back
 *   fd 4  host → child               frames (HostMessage)
 *   fd 5  child → host               frames (ChildMessage or stream text), written synchronously
 * A frame: 4 bytes length of the rest (little-endian), 1 byte kind, 4 bytes execution number `n` (0: none), payload.
 * stdout and stderr of the process carry what native code prints; the host shows them as streams of the running cell.
 */
export const frameKind = { stdout: 1, stderr: 2, json: 3, binary: 4 } as const

/** A transformed cell, ready to run (`lib/notebook/transform`). */
export type CompiledCell = {
  cellId: string
  /** `cell-<id>.ts` */
  file: string
  /** TypeScript as typed, and what the transform knew: enough to map a position back. */
  source: string
  known: string[]
  consts: string[]
  /** An async arrow over `($S, $C, $K)`. */
  code: string
  /** Names the cell defines. */
  defs: string[]
}

/** Parent to child. `n` numbers executions and grows; it also pairs requests with answers. */
export type HostMessage =
  | {
      type: 'execute'
      n: number
      executionId: string
      executionCount: number
      cell: CompiledCell
      /** Sent ahead: to run if the execution of this number, the last before it, ends with `done`; else dropped without a word. */
      after?: number
    }
  /** The cell was deleted: its names go. */
  | { type: 'forget'; cellId: string }
  /** Inputs that people moved. */
  | { type: 'inputs'; changes: InputChange[] }
  /** An ask of a page (`lib/protocol/asks`): answered by `answer`. */
  | { type: 'ask'; n: number; method: ChildAsk; params: unknown }
  /** Promote a name without running code of the person: answered by `answer` with `Promoted`, or an error. */
  | { type: 'promote'; n: number; cellId: string; variable: string; endpoint: string }
  /** What the notebook's packages are from the next execution on. */
  | { type: 'packages'; packages: ChildPackages }
  /** The host's answer to a `call`. */
  | { type: 'answer'; n: number; result?: unknown; error?: { name: string; message: string } }

/** The packages of a notebook's own, as its kernel sees them. */
export type ChildPackages = {
  /** Holds their `node_modules`; empty where there is none. */
  folder: string
  /** Of those that cells import by name. */
  versions: Record<string, string>
}

export type Candidate = {
  variable: string
  what: 'layers model' | 'graph model' | 'function'
  detail: string
}

/** What `promote()` gives back, and what the page shows. */
export type Promoted = { endpoint: string; version: string; url: string; page: string }

export type ChildMessage =
  | { type: 'ready'; node: string; pid: number }
  | { type: 'backend'; backend: Backend }
  | {
      type: 'display'
      executionId: string
      cellId: string
      data: MimeBundle
      metadata?: Record<string, unknown>
      displayId?: string
      update?: boolean
    }
  | { type: 'clear'; executionId: string; cellId: string; wait: boolean }
  | {
      /** Ends execution `n`, after all of its output. */
      type: 'done'
      n: number
      executionId: string
      cellId: string
      state: 'done' | 'failed' | 'interrupted'
      /** The last expression's value, unless undefined. */
      result?: { data: MimeBundle; metadata: Record<string, unknown> }
      error?: KernelError
      ms: number
    }
  /** An error outside of any running cell (a late callback, an unhandled rejection), of the cell that began it where known. */
  | { type: 'late_error'; cellId?: string; executionId?: string; error: KernelError }
  /** What a cell records of an experiment. */
  | { type: 'track'; executionId: string; cellId: string; news: Tracked }
  | { type: 'stats'; tensors?: number; tensorBytes?: number }
  /** A package of the notebook's own was loaded for the first time. */
  | { type: 'packages_used' }
  /** Something only the host's side can do; answered by `answer` with the same `n`. */
  | ({ type: 'call'; n: number } & HostCall)
  | { type: 'answer'; n: number; result?: unknown; error?: { name: string; message: string } }

export type HostCall =
  /** Followed by one `binary` frame with the same `n`: the bundle's bytes. Answered with `Promoted`. */
  | { method: 'promote'; params: PromoteRequest }
  /** Followed by one `binary` frame with the same `n`: the file's bytes. Answered once they are kept. */
  | { method: 'artifact'; params: TrackedArtifact }
  /** Answered with the secret's value. */
  | { method: 'secret'; params: { name: string } }
  /** Answered with `OpenedDataset`. */
  | { method: 'dataset'; params: DatasetAsk & { cellId: string } }
  /** A table becomes a version of a data set; the host takes its `file`, Parquet, by `table.part`. Answered with `SavedDataset`. */
  | { method: 'saveDataset'; params: SaveAsk & { file: string } }
  /** Answered with `SparkAccess`. */
  | { method: 'spark'; params: Record<string, never> }

export type KernelError = { ename: string; evalue: string; traceback: string[]; frames: Frame[] }

/** What is known of a version besides its bundle. */
export type PromoteRequest = {
  endpoint: string
  cellId: string
  /** The promoted name: a variable, or `''` for an expression. */
  variable: string
  /** Of the run that its cell recorded (`lib/protocol/tracking`). */
  runId?: string
  schema: RecordSchema
  /** Up to 1,000 records, and the cell's own predictions for them, compared in a fresh model child. */
  selfTest: { records: unknown[]; predictions: unknown[] }
  /** What its records and predictions were like; not of a model that was promoted without data. */
  reference?: Reference
  environment: Record<string, string>
  /** What cells of its kernel had read with `dataset()`. */
  files?: ReadData[]
}
