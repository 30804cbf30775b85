import { status } from '@grpc/grpc-js'

/** What Spark answered: its own first line is the message, the plan and trace below it are kept apart. */
export class SparkError extends Error {
  override name = 'SparkError'
  /** `UNRESOLVED_COLUMN.WITH_SUGGESTION`, where Spark names one. */
  readonly condition?: string
  /** The status of gRPC. */
  readonly code?: number

  constructor(details: string, code?: number) {
    const [first = '', ...rest] = details.trim().split('\n')
    super(first.replace(/;$/, '') || 'spark answered with an error without words')
    this.code = code
    this.condition = /^\[([A-Z][A-Z0-9_.]*)\]/.exec(first)?.[1]
    const plan = rest.join('\n').trim()
    // A cause stands below the error's own lines, which a page folds.
    if (plan) this.cause = Object.assign(new Error('plan'), { name: 'SparkPlan', stack: plan })
  }
}

/** No answer came: the server is not there, or left. */
export class SparkAwayError extends Error {
  override name = 'SparkAwayError'
}

type Failure = { code?: number; details?: string; message?: string }

/** What gRPC threw, in words for people. */
export function toSparkError(thrown: unknown, where: string): Error {
  const { code, details = '', message = '' } = thrown as Failure
  if (code === undefined) return thrown as Error
  if (code === status.UNAUTHENTICATED)
    return new SparkError(`spark refused the token; check it in SPARK_REMOTE: ${where}`, code)
  if (code === status.UNAVAILABLE)
    return new SparkAwayError(
      `spark cannot be reached; see cellar spark status: ${where} (${details || message})`,
      { cause: thrown },
    )
  if (code === status.RESOURCE_EXHAUSTED)
    return new SparkError(`a message is too large for spark: ${details}`, code)
  return new SparkError(details || message, code)
}

/** Whether the same call may succeed a moment later. */
export const isPassing = (thrown: unknown) => {
  const { code, details = '' } = thrown as Failure
  return (
    code === status.UNAVAILABLE ||
    (code === status.INTERNAL && /RST_STREAM|received.*goaway/i.test(details)) ||
    details.includes('INVALID_CURSOR.DISCONNECTED')
  )
}

/** Whether the server does not know the operation, or the session of it. */
export const isUnknownOperation = (thrown: unknown) =>
  /INVALID_HANDLE\.(OPERATION|SESSION)_(NOT_FOUND|ABANDONED)/.test((thrown as Failure).details ?? '')
