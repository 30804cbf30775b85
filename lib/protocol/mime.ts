import type { MimeBundle } from './events'
import type { ColumnKind, TableCell } from './tables'

/** Cellar's own MIME types, beside text/plain, text/html, text/markdown, image/*, application/json. Each bundle also carries text/plain. */
export const mime = {
  table: 'application/vnd.cellar.table+json',
  training: 'application/vnd.cellar.training+json',
  progress: 'application/vnd.cellar.progress+json',
  model: 'application/vnd.cellar.model+json',
  endpoint: 'application/vnd.cellar.endpoint+json',
  /** Beside `image/svg+xml`. */
  tips: 'application/vnd.cellar.tips+json',
  input: 'application/vnd.cellar.input+json',
  run: 'application/vnd.cellar.run+json',
} as const

/** A table: its first rows, which stay, and the name under which its kernel shows the rest while it lives. */
export type TableOutput = {
  /** Of the kernel's registry of shown tables, for the asks `table.*`. */
  table?: string
  rows: number
  bytes?: number
  columns: { name: string; type: string; kind?: ColumnKind; nulls?: number }[]
  /** The first rows, at most 100, each in the order of the columns. */
  head: TableCell[][]
}

/** A run that a cell records (`track`): where it is found. */
export type RunOutput = { id: string; name: string | null }

/** A training run as it goes on: sent with `updateDisplay` at most 10 times a second, and kept as the record. */
export type TrainingOutput = {
  /** What `training.stop` names. */
  id?: string
  state: 'running' | 'done' | 'stopped' | 'failed'
  epochs: number
  epoch: number
  /** Batches done in this epoch, and in each epoch, where known. */
  batch: number
  batches?: number
  /** Batches a second, and seconds left by that rate. */
  rate?: number
  remaining?: number
  seconds: number
  /** One number per finished epoch, by metric: `loss`, `val_loss`, `acc`, … */
  history: Record<string, number[]>
  /** Loss of the batches of the running epoch and before, thinned to at most 400 points: `[step, loss]`. */
  batchLoss: [number, number][]
}

export type ProgressOutput = {
  label: string
  value: number
  total?: number
  rate?: number
  remaining?: number
  done: boolean
}

export type ModelOutput = {
  name: string
  parameters: number
  trainable: number
  layers: { name: string; type: string; outputShape: (number | null)[]; parameters: number }[]
}

export type EndpointOutput = { endpoint: string; version: string; url: string; page: string }

export type { MimeBundle }
