/** Uploaded files hold no model that can be served; the message names the file and what to do. */
export class ImportError extends Error {
  override name = 'ImportError'
}

/** A record that the model cannot take: the caller's mistake, not the model's. */
export class RecordError extends RangeError {
  override name = 'RecordError'
  readonly code = 'bad_record'
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
