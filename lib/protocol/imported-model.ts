import { z } from 'zod'
import type { RecordSchema } from './schema'

/**
 * A model that was made elsewhere: a file of another framework instead of captured cells. Its artifact begins with
 * `importedMark`, which only workers write, so that a worker knows before it starts a process that this one is
 * somebody else's code and gets no network.
 */
export const importedMark = new TextEncoder().encode('cellar imported model 1\n')

/** Whether an artifact holds such a model, by its first bytes. */
export const isImported = (artifact: Uint8Array) =>
  artifact.length > importedMark.length && importedMark.every((byte, i) => artifact[i] === byte)

export const importFormats = ['tfjs-layers', 'tfjs-graph', 'saved-model', 'onnx'] as const
export type ImportFormat = (typeof importFormats)[number]

export type TensorType =
  | 'float16'
  | 'float32'
  | 'float64'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'string'

/** One input or output as the model's file has it. -1 in `shape` is any length. */
export type ModelTensor = { name: string; type: TensorType; shape: number[] }

/** The same, and what records call it. `shape`: of one record. */
export type NamedTensor = ModelTensor & {
  field: string
  /** One value of the record, where the model wants a list of one: a column of a table. */
  scalar: boolean
  /** Names for each number of a list: they are the record's fields then. */
  columns: string[] | null
}

/**
 * How records become calls. `stacked`: the first dimension holds the records. `single`: it must be 1, or the model does
 * not answer each record of many as it does alone. `whole`: there is no such dimension.
 */
export type Batching = 'stacked' | 'single' | 'whole'

export type ModelSignature = { inputs: NamedTensor[]; outputs: NamedTensor[]; batching: Batching }

export type ModelFile = { path: string; data: Uint8Array }

/** What an artifact of `importedMark` holds after it, written with `v8.Serializer`. */
export type ImportedModel = { format: ImportFormat; files: ModelFile[]; signature: ModelSignature }

const fieldName = z.string().trim().min(1).max(100)

/** What a person calls the model's inputs and outputs; by the model's own names. */
export const importNaming = z.object({
  inputs: z.record(z.string(), fieldName).default({}),
  outputs: z.record(z.string(), fieldName).default({}),
  /** Of a single input that is a list of numbers: a name for each. */
  columns: z.array(fieldName).max(1_000).optional(),
})
export type ImportNaming = z.infer<typeof importNaming>

/** A file as a person uploaded it, in the store of uploads. */
export const uploadedFile = z.object({ name: z.string(), artifact: z.string(), bytes: z.number() })
export type UploadedFile = z.infer<typeof uploadedFile>

export const importQueue = 'import'
export type ImportJob = {
  files: UploadedFile[]
  naming: ImportNaming
  /** Records to try the model with; without, some are made. */
  records: unknown[] | null
  /** Whether the model is wanted in the artifact store, or only what is known of it. */
  keep: boolean
}

/** What was found in uploaded files. */
export type ImportReport = {
  format: ImportFormat
  files: { path: string; bytes: number }[]
  signature: ModelSignature
  schema: RecordSchema
  /** Records that were tried, and the model's answers; null where it refused them. */
  records: unknown[]
  predictions: unknown[] | null
  /** Why it refused them. */
  problem: string | null
  /** What a person should know: outputs that are left out, records that are answered one at a time. */
  notes: string[]
  /** Libraries that ran it, by name. */
  environment: Record<string, string>
}

export type ImportReply =
  | { ok: true; report: ImportReport; artifact: { name: string; bytes: number } | null }
  /** The reason names the file. */
  | { ok: false; reason: string }
