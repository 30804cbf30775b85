/** A model cannot be written in a format; the message says why and what to do. */
export class ExportError extends Error {
  override readonly name = 'ExportError'
}
