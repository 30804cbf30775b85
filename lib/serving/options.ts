import type { Sql } from 'postgres'
import type { ServingMetrics } from '../metrics/serving'
import type { ApiAction } from '../permissions'
import type { TokenRate } from '../tokens/rate'
import type { Tracing } from '../tracing/tracing'
import type { DatasetsApi } from './datasets-api'
import type { VersionsApi } from './versions-api'

/** What a request to the API brings along to say who sends it. */
export type Credentials =
  /** `Authorization: Bearer cellar_…` */
  | { kind: 'token'; token: string }
  /** The session of a page of the same origin. `workspaceId`: from `x-cellar-workspace`, else the person's own. */
  | { kind: 'session'; cookie: string; workspaceId?: string }

/** Who sends it, once the door has let it in. */
export type Caller = {
  workspaceId: string
  /** In whose name it changes something: the person of the session, or who made the key. */
  author: string
  tokenId?: string
  rate?: TokenRate
  userId?: string
}

/**
 * Lets a caller in or throws `Refusal`. The gateway keeps an answer for at most a second, so a revoked
 * token is refused within a second.
 */
export type Identify = (credentials: Credentials, action: ApiAction) => Promise<Caller>

export type GatewayOptions = {
  sql: Sql
  redisUrl: string
  /** The installation's own address: what `Origin` must be for a session to count. */
  origin: string
  identify: Identify
  /** Where batches' files are kept. */
  batchFolder: string
  versionsApi?: VersionsApi
  datasetsApi?: DatasetsApi
  /** Where lost log rows and broken connections are told. */
  warn?: (message: string, error?: unknown) => void
  /** Where requests' spans go, where they go anywhere. */
  tracing?: Tracing
  /** Told of each request and batch. */
  metrics?: ServingMetrics
  /** From a request's head to the end of its body, milliseconds. Default 60,000. */
  bodyMs?: number
  /** From the whole request to 504, milliseconds. Default 10,000, or `CELLAR_PREDICT_TIMEOUT_MS`. */
  deadlineMs?: number
  /** Requests of one version that may wait before others get 429. Default 1,024, or `CELLAR_PREDICT_WAITING`. */
  maxWaiting?: number
}
