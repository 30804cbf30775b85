/** What an API route refused: its HTTP status (0: not reached) and `{ error: { code, message } }`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Messages by field name, where the body was refused. */
    readonly fields: Record<string, string> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

/** Calls one of Cellar's own routes with JSON, or with a file as it is. Throws `ApiError`. */
export async function api<T = unknown>(
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(path, {
    method,
    headers:
      body === undefined
        ? {}
        : { 'content-type': body instanceof Blob ? 'application/octet-stream' : 'application/json' },
    body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
  }).catch(() => {
    throw new ApiError(0, 'offline', 'Cellar cannot be reached; check the connection and try again')
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok) return answer as T
  throw refusal(response.status, answer)
}

function refusal(status: number, answer: unknown): ApiError {
  const error = (answer as { error?: unknown } | undefined)?.error
  if (typeof error !== 'object' || error === null)
    return new ApiError(status, 'unknown', `the server answered with status ${status}`)
  const { code = 'unknown', message = '', fields = {} } = error as Partial<ApiError>
  return new ApiError(status, code, message || `the server answered with status ${status}`, fields)
}
