/** A version that takes part in an A/B test, and its share of the requests, above 0 and at most 1. */
export type AbVariant = { versionId: string; version: string; weight: number }

/** What is known of a version in a test. Latencies in milliseconds, of answers. */
export type AbFigures = {
  version: string
  weight: number
  requests: number
  errors: number
  p50: number | null
  p99: number | null
  /** Requests of which the truth is known; the others count neither way. */
  labels: number
  right: number
  /** Share of right ones with its 95 % interval. */
  accuracy: { share: number; low: number; high: number } | null
  /** Always-valid p-value of "as good as the control", null for the control itself. */
  p: number | null
}

export type AbOutcome = {
  figures: AbFigures[]
  /** The version that won, null where none did. */
  winner: string | null
  /** The version in production afterwards. */
  production: string
  /** Why: a sentence. */
  reason: string
}
