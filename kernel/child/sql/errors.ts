/** What SQL could not be done, and where in the text. */
export class SqlError extends Error {
  override name = 'SqlError'
  constructor(
    message: string,
    /** Where in the query's text, in UTF-16 units. */
    readonly position?: number,
  ) {
    super(message)
  }
}

/** What DuckDB says, as JSON with `errors_as_json`. */
export type DuckFailure = {
  kind: string
  message: string
  /** In the statement, in UTF-16 units. */
  position?: number
  /** The table that it does not know. */
  missingTable?: string
}

/** What a thrown error of DuckDB says about a statement. */
export function readFailure(error: unknown, statement: string): DuckFailure {
  const text = error instanceof Error ? error.message : String(error)
  const found = /\{"exception_type".*\}/s.exec(text)
  if (!found) return { kind: 'Error', message: text }
  try {
    const json = JSON.parse(found[0]) as Record<string, string | undefined>
    const failure: DuckFailure = {
      kind: json.exception_type ?? 'Error',
      message: json.exception_message ?? text,
    }
    // DuckDB counts bytes.
    if (json.position !== undefined)
      failure.position = Buffer.from(statement).subarray(0, Number(json.position)).toString().length
    if (json.error_subtype === 'MISSING_ENTRY' && json.type === 'Table' && json.name)
      failure.missingTable = json.name
    return failure
  } catch {
    return { kind: 'Error', message: text }
  }
}

/** Sets the error's first frame at its place: the template that holds the query begins at `frame`. */
export function placeError(error: SqlError, query: string, frame: string | undefined) {
  const found = /^(\s*at .*?)(cell-[0-9a-z]+\.ts):(\d+):\d+(\)?)$/.exec(frame ?? '')
  if (!found || error.position === undefined) return
  const before = query.slice(0, error.position).split('\n')
  const line = Number(found[3]) + before.length - 1
  error.stack = `${error.name}: ${error.message}\n    at ${found[2]}:${line}:${before.at(-1)!.length + 1}`
}
