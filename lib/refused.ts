/** What the caller asked for is not done; the answer says why. `fields`: by name of a field of the body. */
export class Refused extends Error {
  override name = 'Refused'
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503 | 504,
    readonly code: string,
    message: string,
    readonly fields?: Record<string, string>,
  ) {
    super(message)
  }
}
