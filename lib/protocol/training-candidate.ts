import type { Reference } from './reference'
import type { RecordSchema } from './schema'

/** What a version of a trained model needs beside its artifact. */
export type TrainingCandidate = {
  schema: RecordSchema
  selfTest: { records: unknown[]; predictions: unknown[] }
  reference: Reference
  /** Libraries that trained it, by name. */
  environment: Record<string, string>
}
